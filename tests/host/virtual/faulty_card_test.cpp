#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

constexpr std::string_view get_challenge = "0084000008";

Bench card_with(std::string_view fault) {
    return Bench{plan_2(), blank(plan_2()), {parse_fault(fault).value()}};
}

bool answers(Bench& card) { return card.send(get_challenge).ends_with("9000"); }

TEST(FaultyCard, IsMuteFromThatCommandUntilAReset) {
    Bench card = card_with("mute@3");
    EXPECT_TRUE(answers(card));
    EXPECT_TRUE(answers(card));
    EXPECT_EQ(card.send(get_challenge), "mute");
    EXPECT_EQ(card.send(get_challenge), "mute");
    EXPECT_TRUE(card.connection().reset().ok());
    EXPECT_TRUE(answers(card)) << "the third command is over";
}

TEST(FaultyCard, MuteAltogetherAnswersNoReset) {
    Bench card = card_with("mute");
    EXPECT_EQ(card.send(get_challenge), "mute");
    EXPECT_EQ(card.connection().reset().error(), apdu::Error::card_mute);
}

TEST(FaultyCard, IsRemovedBeforeTheCommandIsCarriedOut) {
    Bench card{plan_2(), blank(plan_2()), {parse_fault("removal@3").value()}};
    EXPECT_EQ(card.send("00A4000002DDF1"), "6118");
    EXPECT_TRUE(card.send("00C0000018").ends_with("9000"));
    CardMemory const before = card.memory();
    EXPECT_EQ(card.verify("000000"), "removed");
    EXPECT_EQ(card.memory(), before) << "the wrong PIN was not counted";
    EXPECT_EQ(card.send(get_challenge), "removed");
    EXPECT_EQ(card.connection().reset().error(), apdu::Error::card_removed);
    card.connection().insert();
    EXPECT_TRUE(answers(card));
    EXPECT_EQ(card.send("00B2012C00"), "6A82") << "and its security state is lost: the MF";
}

TEST(FaultyCard, WithoutPowerStaysInTheReaderUntilAReset) {
    Bench card = card_with("power-cut@2");
    EXPECT_TRUE(answers(card));
    EXPECT_EQ(card.send(get_challenge), "mute");
    EXPECT_TRUE(card.connection().reset().ok());
    EXPECT_TRUE(answers(card));
}

TEST(FaultyCard, AnswersAnotherStatusInsteadOfCarryingOut) {
    Bench card = card_with("status:6F00@2");
    card.send("00A4000002DDF1");
    CardMemory const before = card.memory();
    EXPECT_EQ(card.verify("000000"), "6F00");
    EXPECT_EQ(card.memory(), before);
    EXPECT_TRUE(answers(card));
}

TEST(FaultyCard, SpoilsItsAnswerToInternalAuthenticate) {
    std::string const command = "008800001000112233445566770011223344556677";
    Bench sound{plan_2(), blank(plan_2())};
    Bench faulty = card_with("wrong-authentication");
    sound.select(Directory::ssse);
    faulty.select(Directory::ssse);
    std::string const right = sound.ask(command);
    std::string const wrong = faulty.ask(command);
    EXPECT_EQ(right.size(), wrong.size());
    EXPECT_NE(right, wrong);
    EXPECT_EQ(sound.select(Directory::df01), faulty.select(Directory::df01)) << "and no other";
}

TEST(FaultyCard, FindsEveryMacWrong) {
    Bench card = card_with("wrong-mac");
    card.select(Directory::ssse);
    ASSERT_EQ(card.authenticate({KeyName::puk}), "9000");
    EXPECT_EQ(card.reset_pin("654321"), "6988");
    EXPECT_EQ(card.verify("123456"), "9000");
}

TEST(FaultyCard, TellsOfASlowAnswer) {
    class Echo final : public PhysicalCard {
    public:
        void reset() override {}
        apdu::ByteView atr() const override { return {}; }
        Bytes exchange(apdu::ByteView command) override { return {command.begin(), command.end()}; }
    } echo;
    FaultyCard card{echo, {parse_fault("slow:500ms@2").value()}};
    Bytes const command{0x00, 0x84, 0x00, 0x00, 0x08};
    EXPECT_EQ(card.exchange(command).delay, std::chrono::milliseconds{0});
    EXPECT_EQ(card.exchange(command).delay, std::chrono::milliseconds{500});
    EXPECT_EQ(card.exchange(command).delay, std::chrono::milliseconds{0});
    EXPECT_EQ(card.commands(), 3U);
}

TEST(FaultyCard, CountsGetResponseToo) {
    Bench card = card_with("removal@2");
    EXPECT_EQ(card.send("00A4000002DDF1"), "6118");
    EXPECT_EQ(card.send("00C0000018"), "removed");
    EXPECT_EQ(card.connection().commands(), 2U);
}

} // namespace
} // namespace virtual_card
