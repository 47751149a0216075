#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

// card.md §4.1, "PIN semantics".

class PinCommands : public testing::Test {
public:
    static CardPlan plan() {
        CardPlan plan = plan_2();
        plan.pin_tries = 3;
        return plan;
    }
    void SetUp() override { card.select(Directory::ssse); }
    void authenticate_puk() { ASSERT_EQ(card.authenticate({KeyName::puk}), "9000"); }
    std::string unblock() { return card.send(card.maced("84240000", "", {KeyName::stk_ssse})); }
    Bench card{plan(), blank(plan())};
};

TEST_F(PinCommands, QueryTellsTheTriesAndSpendsNone) {
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(card.send("00200000"), "63C3");
    }
}

TEST_F(PinCommands, VerifyCountsDownAndIsThenBlocked) {
    EXPECT_EQ(card.verify("111111"), "63C2");
    EXPECT_EQ(card.verify("111111"), "63C1");
    EXPECT_EQ(card.verify("111111"), "63C0");
    EXPECT_EQ(card.verify("111111"), "6983");
    EXPECT_EQ(card.verify("123456"), "6983");
    EXPECT_EQ(card.send("00200000"), "63C0") << "the query still tells the tries";
    EXPECT_EQ(card.change_pin("123456", "654321"), "6983");
}

TEST_F(PinCommands, VerifyRestoresTheTries) {
    EXPECT_EQ(card.verify("111111"), "63C2");
    EXPECT_EQ(card.verify("123456"), "9000");
    EXPECT_EQ(card.send("00200000"), "63C3");
}

TEST_F(PinCommands, VerifyTakesPaddingAndCountsWhatIsNoPin) {
    EXPECT_EQ(card.send("0020000008123456FFFFFFFFFF"), "9000");
    EXPECT_EQ(card.send("0020000003ABCDEF"), "63C2");
    EXPECT_EQ(card.send("0020000002FFFF"), "63C1") << "an empty PIN is not this one";
    EXPECT_EQ(card.send("002000000112"), "6700");
    EXPECT_EQ(card.send("0020000009123456FFFFFFFFFFFF"), "6700");
    EXPECT_EQ(card.send("0020010003123456"), "6A86");
    EXPECT_EQ(card.send("0020000103123456"), "6A86");
    EXPECT_EQ(card.send("00200000"), "63C1");
}

TEST_F(PinCommands, ChangeTakesOldAndNew) {
    EXPECT_EQ(card.change_pin("111111", "654321"), "63C2");
    EXPECT_EQ(card.change_pin("123456", "654321"), "9000");
    EXPECT_EQ(card.send("00200000"), "63C3") << "all tries again";
    EXPECT_EQ(card.verify("123456"), "63C2");
    EXPECT_EQ(card.verify("654321"), "9000");
}

TEST_F(PinCommands, ChangeTakesEveryLengthFromFourToTwelve) {
    std::string old_pin = "123456";
    for (std::size_t digits = 4; digits <= 12; ++digits) {
        std::string const new_pin = std::string{"908172635449"}.substr(0, digits);
        ASSERT_EQ(card.change_pin(old_pin, new_pin), "9000");
        ASSERT_EQ(card.verify(new_pin), "9000");
        old_pin = new_pin;
    }
    EXPECT_EQ(card.change_pin(old_pin, "123"), "6A80");
    EXPECT_EQ(card.change_pin(old_pin, "1234567890123"), "6A80");
    EXPECT_EQ(card.send("00200000"), "63C3") << "a new PIN that is none costs no try";
}

TEST_F(PinCommands, ChangeTakesNoNewPinAndNoOldOne) {
    EXPECT_EQ(card.change_pin("", "654321"), "63C2") << "there is an old one";
    EXPECT_EQ(card.change_pin("123456", ""), "9000");
    EXPECT_EQ(card.send("00200000"), "9000") << "empty";
    EXPECT_EQ(card.change_pin("123456", "654321"), "63C2") << "there is no old one";
    EXPECT_EQ(card.change_pin("", "654321"), "9000");
    EXPECT_EQ(card.send("00200000"), "63C3");
    EXPECT_EQ(card.verify("654321"), "9000");
}

TEST_F(PinCommands, VerifyAgainstAnEmptyPinFails) {
    ASSERT_EQ(card.change_pin("123456", ""), "9000");
    EXPECT_EQ(card.verify("123456"), "63C2");
    EXPECT_EQ(card.send("0020000002FFFF"), "63C1");
    EXPECT_EQ(card.send("00200000"), "9000");
}

TEST_F(PinCommands, ChangeRefusesOtherForms) {
    EXPECT_EQ(card.send("805E0000071234"
                        "56FF654321"),
              "6A86")
        << "RELOAD PIN is not defined";
    EXPECT_EQ(card.send("805E010002FF12"), "6700");
    EXPECT_EQ(card.send("805E010012" + std::string(36, '1')), "6700");
    EXPECT_EQ(card.send("805E010006123456654321"), "6A80") << "no separator";
    EXPECT_EQ(card.send("00200000"), "63C3");
}

TEST_F(PinCommands, ResetNeedsThePuk) {
    EXPECT_EQ(card.reset_pin("654321"), "6982");
    EXPECT_EQ(unblock(), "6982");
    authenticate_puk();
    EXPECT_EQ(card.reset_pin("654321"), "9000");
    EXPECT_EQ(card.verify("654321"), "9000");
}

TEST_F(PinCommands, ResetWorksInAnApplicationToo) {
    card.select(Directory::df04);
    authenticate_puk();
    EXPECT_EQ(card.reset_pin("654321"), "9000");
    EXPECT_EQ(card.verify("654321"), "9000");
}

TEST_F(PinCommands, ResetAndUnblockEndABlock) {
    for (int i = 0; i < 4; ++i) {
        card.verify("111111");
    }
    authenticate_puk();
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(card.verify("123456"), "9000") << "the old PIN works again";
    for (int i = 0; i < 4; ++i) {
        card.verify("111111");
    }
    EXPECT_EQ(card.reset_pin("654321"), "9000");
    EXPECT_EQ(card.send("00200000"), "63C3");
    EXPECT_EQ(card.verify("654321"), "9000");
}

TEST_F(PinCommands, ResetOfZeroLengthMakesThePinEmpty) {
    authenticate_puk();
    EXPECT_EQ(card.send(card.maced("84240001", "", {KeyName::stk_ssse})), "9000");
    EXPECT_EQ(card.send("00200000"), "9000");
}

TEST_F(PinCommands, ResetNeedsAChallengeJustBefore) {
    authenticate_puk();
    auto const command = card.maced("84240000", "", {KeyName::stk_ssse});
    card.send("00200000");
    EXPECT_EQ(card.send(command), "6985");
    EXPECT_EQ(card.send(card.maced("84240000", "", {KeyName::stk_ssse})), "9000");
}

TEST_F(PinCommands, ResetRefusesOtherForms) {
    authenticate_puk();
    EXPECT_EQ(card.send("8424000204000000"
                        "00"),
              "6A86");
    EXPECT_EQ(card.send("842401000400000000"), "6A86");
    EXPECT_EQ(card.send("84240000080000000000000000"), "6700");
    EXPECT_EQ(card.send("8424000103000000"), "6700");
    EXPECT_EQ(card.send(card.maced("84240001", "0011223344556677", {KeyName::stk_ssse})), "6A80")
        << "decrypts to no PIN";
}

TEST_F(PinCommands, OnASm4CardResetInOneBlockOfSixteen) {
    Bench sm4{plan_3(), blank(plan_3())};
    sm4.select(Directory::ssse);
    ASSERT_EQ(sm4.authenticate({KeyName::puk}), "9000");
    EXPECT_EQ(sm4.reset_pin("654321"), "9000");
    EXPECT_EQ(sm4.verify("654321"), "9000");
}

TEST_F(PinCommands, WithoutAPinOnTheCardAre6A88) {
    Bench chip{plan_2(), bare(plan_2())};
    EXPECT_EQ(chip.send("00200000"), "6A88");
    EXPECT_EQ(chip.verify("123456"), "6A88");
    card.select(Directory::mf);
    EXPECT_EQ(card.verify("123456"), "6A88") << "the MF has none";
}

} // namespace
} // namespace virtual_card
