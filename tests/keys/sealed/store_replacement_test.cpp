// A store that is changed while the disk refuses: at each call, nothing is lost.
#include "tests/keys/sealed/strongroom.hpp"

#include <cerrno>

namespace {

using namespace keys::sealed;
using namespace keys::sealed::test;

/// A disk on which one call fails, counted from when it is armed; writes go in small parts.
class FailingDisk final : public FileCalls {
public:
    static constexpr std::size_t write_size_max = 50;

    void fail_at(int call) { left_ = call; }
    [[nodiscard]] bool has_failed() const { return left_ < 0; }
    [[nodiscard]] std::string const& failed_call() const { return failed_; }

    int open(std::string const& path, int flags) override {
        return fails("open") ? -1 : FileCalls::open(path, flags);
    }
    std::ptrdiff_t write(int descriptor, apdu::ByteView bytes) override {
        if (fails("write")) {
            return -1;
        }
        return FileCalls::write(descriptor, bytes.first(std::min(bytes.size(), write_size_max)));
    }
    int sync(int descriptor) override { return fails("sync") ? -1 : FileCalls::sync(descriptor); }
    int link(std::string const& from, std::string const& to) override {
        return fails("link") ? -1 : FileCalls::link(from, to);
    }
    int rename(std::string const& from, std::string const& to) override {
        return fails("rename") ? -1 : FileCalls::rename(from, to);
    }

private:
    bool fails(char const* call) {
        if (left_ > 0 && --left_ == 0) {
            left_ = -1;
            failed_ = call;
            errno = ENOSPC;
            return true;
        }
        return false;
    }
    int left_ = 0; ///< calls until the one that fails; 0: none does; -1: it has
    std::string failed_{};
};

std::vector<std::string> keys_on_disk(Strongroom const& room, std::string_view passphrase) {
    SealedStore store = room.store();
    EXPECT_EQ(outcome_of(store.open(words(passphrase))), "ok");
    return store.keys() ? told(store.keys()->masters()) : std::vector<std::string>{};
}

TEST(Replacement, WhatStoodBeforeIsForgottenOrSaidToStay) {
    std::vector<std::string> seen;
    for (int call = 1;; ++call) {
        Strongroom const room;
        room.make_store();
        FailingDisk disk;
        SealedStore store = room.store(disk);
        ASSERT_TRUE(store.open(words()).ok());
        ASSERT_TRUE(store.add(one_key(), true).ok());
        ASSERT_TRUE(std::filesystem::exists(room.path("keys.previous")));
        disk.fail_at(call);
        std::string const outcome = outcome_of(store.forget_previous());
        if (!disk.has_failed()) {
            EXPECT_EQ(outcome, "ok");
            EXPECT_FALSE(std::filesystem::exists(room.path("keys.previous")));
            break;
        }
        seen.push_back(disk.failed_call() + " " + outcome);
    }
    EXPECT_GE(seen.size(), 2U);
    for (std::string const& one : seen) {
        EXPECT_TRUE(one.ends_with(" maybe_not_kept")) << one;
    }
}

TEST(Replacement, AFailureAtAnyCallLosesNothing) {
    std::vector<std::string> seen;
    for (int call = 1;; ++call) {
        Strongroom const room;
        room.make_store();
        FailingDisk disk;
        std::vector<std::string> in_memory;
        std::string outcome;
        {
            SealedStore store = room.store(disk);
            ASSERT_TRUE(store.open(words()).ok());
            disk.fail_at(call);
            outcome = outcome_of(store.add(one_key(), true));
            in_memory = told(store.keys()->masters());
        }
        if (!disk.has_failed()) {
            EXPECT_EQ(outcome, "ok");
            break;
        }
        seen.push_back(disk.failed_call() + " " + outcome);
        // What the daemon goes on with is what stands on the disk: the old, or the new.
        EXPECT_EQ(keys_on_disk(room, right_words), in_memory) << seen.back();
        EXPECT_EQ(in_memory.size(), outcome == "maybe_not_kept" ? 4U : 3U) << seen.back();
        EXPECT_FALSE(std::filesystem::exists(room.path("keys.new"))) << seen.back();
    }
    EXPECT_EQ(seen,
              (std::vector<std::string>{
                  "open not_written", "write not_written", "write not_written", "write not_written",
                  "write not_written", "write not_written", "sync not_written", "link not_written",
                  "rename not_written", "open maybe_not_kept", "sync maybe_not_kept"}));
}

TEST(Replacement, AFailedChangeOfPassphraseLeavesTheOldOne) {
    Strongroom const room;
    room.make_store();
    FailingDisk disk;
    {
        SealedStore store = room.store(disk);
        ASSERT_TRUE(store.open(words()).ok());
        disk.fail_at(1);
        EXPECT_EQ(outcome_of(store.change_secret(words(other_words), cheap)), "not_written");
        EXPECT_EQ(outcome_of(store.add(one_key(), true)), "ok"); // under the old one
    }
    EXPECT_EQ(keys_on_disk(room, right_words).size(), 4U);
}

TEST(Replacement, AFailedMakingLeavesNoStore) {
    for (int call = 1; call <= 7; ++call) {
        Strongroom const room;
        FailingDisk disk;
        SealedStore store = room.store(disk);
        disk.fail_at(call);
        auto const outcome = outcome_of(store.create(words(), three_keys(), true, cheap));
        EXPECT_EQ(outcome, "not_written") << disk.failed_call();
        EXPECT_FALSE(std::filesystem::exists(room.path()));
        EXPECT_EQ(store.keys(), nullptr);
    }
}

TEST(Replacement, WhatACrashLeftIsNoHindrance) {
    Strongroom const room;
    room.make_store();
    room.put({1, 2, 3}, "keys.new");
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    EXPECT_EQ(outcome_of(store.add(one_key(), true)), "ok");
}

TEST(Replacement, AFolderThatCannotBeWrittenIsTold) {
    EXPECT_EQ(outcome_of(SealedStore::claim("/nonexistent/folder/keys")), "not_written");
}

} // namespace
