// A key that its custodians destroy: the daemon's side.
#include "custody_room.hpp"

#include "host/daemon/key_destruction.hpp"

namespace sscardd {
namespace {

class ADestruction : public CustodyRoom {
protected:
    ADestruction() { EXPECT_EQ(code_of(hold()), "ok"); }

    std::unique_ptr<store::CardRegister> cards_ =
        store::CardRegister::open(folder_.path() / "cards.sqlite").value();

    static api::KeyDestructionRequest the_key() {
        return {"UKSSSE", "SM4", 1, "05 14 ac", "in no card any more", {"张三", "李四"}, {"王五"}};
    }
    std::string begin_destruction(api::KeyDestructionRequest const& request = the_key()) {
        auto begun = ceremonies_.begin(
            audit::Act::destruction, {request.custodians, request.witnesses}, user_,
            [&] { return KeyDestruction::begin(*keys_, *cards_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return code_of(begun);
    }
};

TEST_F(ADestruction, LeavesTheKeyNowhereButInMinutes) {
    ASSERT_EQ(begin_destruction(), "ok");
    EXPECT_EQ(combine().value().check_value, "0514AC");
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / "keys.previous"));
    ASSERT_EQ(code_of(finish("0514AC")), "ok");
    EXPECT_TRUE(keys_->report().keys.empty());
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "keys.previous"));
    std::string const minutes = last_minutes();
    for (auto const* const part : {"\"act\":\"destruction\"", "\"outcome\":\"done\"", "UKSSSE",
                                   "0514AC", "张三", "李四", "王五", "in no card any more"}) {
        EXPECT_TRUE(has_part(minutes, part)) << part << " in " << minutes;
    }
    EXPECT_EQ(begin_destruction(), "key_unknown");
}

TEST_F(ADestruction, NeedsEachCustodiansWord) {
    ASSERT_EQ(begin_destruction(), "ok");
    EXPECT_EQ(code_of(finish("0514AC")), "part_missing") << "nobody has seen the check value";
    (void)combine();
    EXPECT_EQ(code_of(finish("0514AC", {"张三"})), "ceremony_not_confirmed");
    EXPECT_EQ(code_of(give(1, first_component)), "part_foreign");
    EXPECT_EQ(abort(), "ok");
    EXPECT_EQ(keys_->report().keys.size(), 1U);
}

TEST_F(ADestruction, IsOfTheVeryKeyForAReasonByTwo) {
    auto other = the_key();
    other.check_value = "0514AD";
    EXPECT_EQ(begin_destruction(other), "check_value_differs");
    other = the_key();
    other.version = 2;
    EXPECT_EQ(begin_destruction(other), "key_unknown");
    other = the_key();
    other.reason.clear();
    EXPECT_EQ(begin_destruction(other), "request_invalid");
    other = the_key();
    other.custodians = {"张三"};
    EXPECT_EQ(begin_destruction(other), "request_invalid");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(begin_destruction(), "keys_locked");
}

} // namespace
} // namespace sscardd
