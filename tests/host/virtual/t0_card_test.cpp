#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;

// ISO/IEC 7816-3:2006 §12; card.md §4.2.

TEST(T0Card, TellsTheExactLengthForAWrongLe) {
    Bench card{plan_2(), personalized(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00B2032C00"), "6C06");
    EXPECT_EQ(card.send("00B2032C05"), "6C06");
    EXPECT_EQ(card.send("00B2032C07"), "6C06");
    EXPECT_EQ(card.send("00B2032C"), "6C06") << "without P3";
    EXPECT_EQ(card.send("00B2032C06"), "0304322E30309000");
}

TEST(T0Card, HasNotMovedTheRecordPointerByA6CAnswer) {
    Bench card{plan_2(), personalized(plan_2())};
    card.select(Directory::ssse);
    card.select_fid("EF05");
    EXPECT_EQ(card.send("00B2000200"), "6C12") << "next: the first";
    EXPECT_EQ(card.send("00B2000200"), "6C12");
    EXPECT_EQ(card.send("00B2000212").substr(0, 4), "0110");
    EXPECT_EQ(card.send("00B2000203"), "0201339000") << "next: the second";
}

TEST(T0Card, KeepsDataForGetResponseUntilTheNextCommand) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.send("00A4040006D15600000503"), "610A");
    EXPECT_EQ(card.send("00C0000000"), "6C0A") << "too many asked for: nothing is lost";
    EXPECT_EQ(card.send("00C0000004"), "6F0884066106") << "the rest still waits";
    EXPECT_EQ(card.send("00C0000006"), "D156000005039000");
    EXPECT_EQ(card.send("00C0000001"), "6985");
    EXPECT_EQ(card.send("00A4040006D15600000503"), "610A");
    card.send("0084000008");
    EXPECT_EQ(card.send("00C000000A"), "6985") << "another command came between";
    EXPECT_EQ(card.send("00C0010001"), "6A86");
}

TEST(T0Card, RefusesALengthThatIsNotTheDatas) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.send("00A404"), "6700") << "no whole header";
    EXPECT_EQ(card.send(""), "6700");
    EXPECT_EQ(card.send("00A4000002EF"), "6700") << "too few";
    EXPECT_EQ(card.send("00A4000002EF050000"), "6700") << "more than an Le";
    EXPECT_EQ(card.send("00A4000002"), "6700") << "none";
    EXPECT_EQ(card.send("00B2012C0100"), "6700") << "data where none go to the card";
    EXPECT_EQ(card.send("00A400000000000002EF05"), "6700") << "extended length";
}

TEST(T0Card, TakesVerifyWithoutDataInBothForms) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00200000"), "63C6");
    EXPECT_EQ(card.send("0020000000"), "63C6");
}

TEST(T0Card, GivesAnswersOf256BytesForLe00) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    EXPECT_EQ(card.send("00B0960000").size(), 2 * (256 + 2)) << "EF16 has 128 hex and is free";
    EXPECT_EQ(card.send("00B0962800").size(), 2 * (256 + 2));
    EXPECT_EQ(card.send("00B0962900"), "6CFF");
}

TEST(T0Card, AnswersUnknownInstructionsAndClasses) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.send("00CA000000"), "6D00");
    EXPECT_EQ(card.send("80B2012C00"), "6E00");
    EXPECT_EQ(card.send("A0A40000023F00"), "6E00");
    EXPECT_EQ(card.send("B0280201010000"), "6A86") << "no such P1";
}

TEST(T0Card, AnswersWithTheAtrOfItsHistoricalBytes) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(hex_of(card.connection().atr()), "3B6D000000814E43238697159900BF7C7A");
}

TEST(T0Card, ForgetsEverythingByAReset) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    ASSERT_EQ(card.verify("123456"), "9000");
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(card.ask("00B2013400"), "6A82") << "the MF is current";
    card.select(Directory::df01);
    EXPECT_EQ(card.ask("00B2013400"), "6982");
}

} // namespace
} // namespace virtual_card
