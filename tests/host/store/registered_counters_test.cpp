// Terminals' transaction counters, kept over whatever happens to the daemon.
#include "tests/host/store/store_office.hpp"

#include "host/store/registered_counters.hpp"

#include <thread>

namespace store {
namespace {

using keys::CounterAnswer;
using keys::InitialKeyId;

constexpr InitialKeyId kiosk{{0x12, 0x34, 0x56, 0x78, 0, 0, 0, 1}};
constexpr InitialKeyId other{{0x12, 0x34, 0x56, 0x78, 0, 0, 0, 2}};

TEST(RegisteredCounters, AreUsedOnceAndNoLowerOneAfter) {
    StoreOffice office;
    RegisteredCounters counters{office.cards()};
    EXPECT_EQ(counters.use(kiosk, 3), CounterAnswer::accepted);
    EXPECT_EQ(counters.use(kiosk, 3), CounterAnswer::used_before);
    EXPECT_EQ(counters.use(kiosk, 2), CounterAnswer::used_before);
    EXPECT_EQ(counters.use(other, 2), CounterAnswer::accepted);
    EXPECT_EQ(counters.use(kiosk, 0x10), CounterAnswer::accepted) << "higher as a number";
    EXPECT_EQ(counters.use(kiosk, 9), CounterAnswer::used_before);
    EXPECT_EQ(counters.use(kiosk, 0xFFFF0000), CounterAnswer::accepted);
    EXPECT_EQ(counters.use(kiosk, 0x80000000), CounterAnswer::used_before);
}

TEST(RegisteredCounters, OutliveTheDaemon) {
    StoreOffice office;
    ASSERT_EQ(RegisteredCounters{office.cards()}.use(kiosk, 7), CounterAnswer::accepted);
    office.close();
    office.open();
    EXPECT_EQ(RegisteredCounters{office.cards()}.use(kiosk, 7), CounterAnswer::used_before);
    EXPECT_EQ(RegisteredCounters{office.cards()}.use(kiosk, 8), CounterAnswer::accepted);
}

TEST(RegisteredCounters, LetOneOfManyHaveEach) {
    StoreOffice office;
    RegisteredCounters counters{office.cards()};
    std::atomic<int> accepted{0};
    std::vector<std::thread> users;
    users.reserve(4);
    for (int user = 0; user < 4; ++user) {
        users.emplace_back([&] {
            for (std::uint32_t counter = 1; counter <= 50; ++counter) {
                accepted += counters.use(kiosk, counter) == CounterAnswer::accepted ? 1 : 0;
            }
        });
    }
    for (std::thread& user : users) {
        user.join();
    }
    EXPECT_LE(accepted, 50);
    EXPECT_GE(accepted, 1);
    EXPECT_EQ(counters.use(kiosk, 50), CounterAnswer::used_before);
}

} // namespace
} // namespace store
