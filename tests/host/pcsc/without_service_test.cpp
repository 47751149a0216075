// What this folder does where no pcscd answers. With one: tests/integration.
#include "host/pcsc/pcsc_context.hpp"
#include "host/pcsc/reader_watch.hpp"

#include <cstdlib>
#include <gtest/gtest.h>
#include <semaphore>
#include <thread>

namespace {

/// Lets libpcsclite look for a service where there is none.
class NoService : public ::testing::Environment {
public:
    void SetUp() override { setenv("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm", 1); }
};
[[maybe_unused]] auto* const environment =
    ::testing::AddGlobalTestEnvironment(new NoService); // NOLINT(cppcoreguidelines-owning-memory)

TEST(Context, IsNotEstablishedWithoutAService) {
    auto const context = pcsc::Context::establish();
    ASSERT_FALSE(context.ok());
    EXPECT_EQ(context.error(), apdu::Error::service_gone);
}

TEST(ReaderWatch, TellsOnceThatThereIsNoService) {
    pcsc::ReaderWatch watch{std::chrono::milliseconds{1}};
    std::vector<pcsc::ReaderList> told;
    std::binary_semaphore first{0};
    std::thread thread{[&] {
        watch.run([&](pcsc::ReaderList const& list) {
            told.push_back(list);
            first.release();
        });
    }};
    first.acquire();
    watch.stop();
    thread.join();
    ASSERT_EQ(told.size(), 1U);
    EXPECT_FALSE(told[0].service_available);
    EXPECT_TRUE(told[0].readers.empty());
}

TEST(ReaderWatch, EndsWhileItWaitsForTheServiceToComeBack) {
    pcsc::ReaderWatch watch{std::chrono::hours{1}};
    std::binary_semaphore told{0};
    std::thread thread{
        [&] { watch.run([&](pcsc::ReaderList const& /*list*/) { told.release(); }); }};
    told.acquire();
    watch.stop();
    thread.join();
}

TEST(ReaderWatch, DoesNotRunOnceStopped) {
    pcsc::ReaderWatch watch;
    watch.stop();
    watch.run([](pcsc::ReaderList const& /*list*/) { FAIL() << "told after the end"; });
}

} // namespace
