// A backup of the key store, and its return: the daemon's side.
#include "custody_room.hpp"

#include "host/api/base64.hpp"
#include "host/daemon/store_backup.hpp"

namespace sscardd {
namespace {

class ABackup : public CustodyRoom {
protected:
    api::Outcome<api::Ceremony> begin_backup(std::uint8_t needed = 2) {
        api::KeyBackupRequest const request{needed, {"张三", "李四", "王五"}, {}};
        auto begun = ceremonies_.begin(audit::Act::backup, {request.custodians, {}}, user_,
                                       [&] { return BackupMaking::begin(*keys_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return begun;
    }
    api::Outcome<api::Ceremony> begin_restore(std::vector<std::string> custodians = {"张三",
                                                                                     "王五"}) {
        api::KeyRestoreRequest const request{file_, std::move(custodians), {}};
        auto begun = ceremonies_.begin(audit::Act::restore, {request.custodians, {}}, user_,
                                       [&] { return BackupOpening::begin(*keys_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return begun;
    }
    /// A backup of one key; keeps its file and sheets.
    void make_backup() {
        ASSERT_EQ(code_of(hold()), "ok");
        ASSERT_EQ(code_of(begin_backup()), "ok");
        sheets_.clear();
        for (std::uint32_t custodian = 1; custodian <= 3; ++custodian) {
            auto const shown = ceremonies_.show({token_, custodian}, user_);
            ASSERT_EQ(code_of(shown), "ok");
            sheets_.emplace_back(shown.value().value.given());
            EXPECT_EQ(code_of(combine()), "part_missing");
            EXPECT_EQ(code_of(give(custodian, sheets_.back(), shown.value().check_value)), "ok");
        }
        auto const combined = combine();
        auto const done = finish(combined.value().check_value, {"张三", "李四", "王五"});
        ASSERT_EQ(code_of(done), "ok");
        file_ = done.value().file.value();
    }
    void empty_the_store() {
        auto const key = keys_->report().keys.at(0);
        EXPECT_EQ(code_of(keys_->remove({key.name, key.algorithm, key.version, key.check_value})),
                  "ok");
    }
    std::vector<std::string> sheets_{};
    std::string file_{};
};

TEST_F(ABackup, ComesBackByAnyOfItsCustodiansWithMinutesOfBoth) {
    make_backup();
    std::string const minutes = last_minutes();
    EXPECT_TRUE(has_part(minutes, "\"act\":\"backup\"")) << minutes;
    EXPECT_TRUE(has_part(minutes, "2 of 3 shares"));
    for (std::string const& sheet : sheets_) {
        EXPECT_FALSE(has_part(minutes, sheet));
    }
    empty_the_store();
    ASSERT_EQ(code_of(begin_restore()), "ok");
    EXPECT_EQ(code_of(give(1, sheets_[2])), "ok");
    EXPECT_EQ(code_of(give(2, sheets_[2])), "part_repeated");
    EXPECT_EQ(code_of(combine()), "part_missing");
    EXPECT_EQ(code_of(give(2, sheets_[0])), "ok");
    auto const combined = combine();
    ASSERT_EQ(code_of(combined), "ok");
    EXPECT_EQ(combined.value().keys, 1U);
    EXPECT_TRUE(has_part(minutes, combined.value().check_value)) << "the file's, as at the backup";
    EXPECT_EQ(code_of(finish(combined.value().check_value, {"张三", "王五"})), "ok");
    EXPECT_EQ(keys_->report().keys.at(0).check_value, "0514AC");
    EXPECT_TRUE(has_part(last_minutes(), "\"act\":\"restore\""));
}

TEST_F(ABackup, IsRefusedWithAReason) {
    EXPECT_EQ(code_of(begin_backup(1)), "request_invalid");
    EXPECT_EQ(code_of(begin_backup(4)), "request_invalid");
    make_backup();
    EXPECT_EQ(code_of(begin_restore()), "store_not_empty");
    empty_the_store();
    EXPECT_EQ(code_of(begin_restore({"张三", "李四", "王五"})), "request_invalid");
    std::string const file = file_;
    std::vector<std::string> const sheets = sheets_;
    make_backup(); // another one
    empty_the_store();
    ASSERT_EQ(code_of(begin_restore()), "ok");
    EXPECT_EQ(code_of(give(1, sheets[0])), "part_foreign");
    EXPECT_EQ(abort(), "ok");
    file_ = "bm8gYmFja3Vw";
    EXPECT_EQ(code_of(begin_restore()), "backup_malformed");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(code_of(begin_backup()), "keys_locked");
}

} // namespace
} // namespace sscardd
