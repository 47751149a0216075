#include "tests/keys/sealed/strongroom.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace keys::sealed;
using namespace keys::sealed::test;

TEST(LockedMemory, IsLocked) {
    auto const memory = LockedMemory::take(100);
    ASSERT_TRUE(memory.ok());
    std::ifstream status{"/proc/self/status"};
    std::string line;
    long locked_kib = 0;
    while (std::getline(status, line)) {
        if (line.starts_with("VmLck:")) {
            locked_kib = std::stol(line.substr(6));
        }
    }
    EXPECT_GT(locked_kib, 0);
}

TEST(LockedMemory, MovesAndNeverCopies) {
    auto taken = LockedMemory::take(3);
    ASSERT_TRUE(taken.ok());
    LockedMemory first = std::move(taken).value();
    first.bytes()[0] = 7;
    auto const* const place = first.bytes().data();
    LockedMemory const second = std::move(first);
    EXPECT_EQ(second.bytes().data(), place);
    EXPECT_EQ(second.bytes()[0], 7);
    static_assert(!std::is_copy_constructible_v<LockedMemory>);
    static_assert(!std::is_copy_assignable_v<LockedMemory>);
}

/// Ends the process with 0 where an unprivileged process that may lock nothing is refused.
void open_without_leave_to_lock(std::filesystem::path const& path) {
    auto store = SealedStore::claim(path);
    rlimit const none{0, 0};
    if (::setrlimit(RLIMIT_MEMLOCK, &none) != 0) {
        ::_exit(2);
    }
    if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) {
        ::_exit(3);
    }
    auto const secret = SealingSecret::passphrase(right_words);
    ::_exit(outcome_of(secret) == "memory_unlocked" ? 0 : 1);
}

TEST(LockedMemoryDeathTest, NoSecretIsTakenIntoMemoryThatCannotBeLocked) {
    Strongroom const room;
    EXPECT_EXIT(open_without_leave_to_lock(room.path()), testing::ExitedWithCode(0), "");
}

} // namespace
