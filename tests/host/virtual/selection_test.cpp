#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;

constexpr std::string_view ssse_name = "7378312E73682EC9E7BBE1B1A3D5CF";

// card.md §1.2, real responses.
TEST(Selection, ByNameAnswersTheFciThatRealCardsGive) {
    Bench des{plan_2(), blank(plan_2())};
    EXPECT_EQ(des.ask("00A404000F" + std::string{ssse_name}),
              "6F16840F" + std::string{ssse_name} + "A50388011E9000");
    Bench sm4{plan_3(), blank(plan_3())};
    EXPECT_EQ(sm4.ask("00A404000F" + std::string{ssse_name}),
              "6F1C840F" + std::string{ssse_name} + "A50988011E9F0C038601039000");
}

TEST(Selection, OfAnApplicationByItsAidAnswersItsFci) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.ask("00A4040006D15600000503"), "6F088406D156000005039000");
    EXPECT_EQ(card.ask("00A4040006D15600000500"), "6F088406D156000005009000");
}

TEST(Selection, UnderTheT0ProtocolAnnouncesTheFci) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.send("00A4040006D15600000503"), "610A");
    EXPECT_EQ(card.send("00C000000A"), "6F088406D156000005039000");
    EXPECT_EQ(card.send("00A4040006D1560000050300"), "610A") << "with the Le of a case 4 command";
}

TEST(Selection, ByFidTakesEitherP1AndAnswersNoFciForAFile) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00A4020002EF05"), "9000");
    EXPECT_EQ(card.send("00A4000002EF06"), "9000");
}

TEST(Selection, ByFidReachesDirectoriesBelowAboveAndBeside) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.select_fid("DF01"), "6A82") << "two levels below the MF";
    EXPECT_EQ(card.select_fid("DDF1").substr(0, 2), "6F");
    EXPECT_EQ(card.select_fid("DF01").substr(0, 2), "6F");
    EXPECT_EQ(card.select_fid("DF04").substr(0, 2), "6F");
    EXPECT_EQ(card.select_fid("DDF1").substr(0, 2), "6F");
    EXPECT_EQ(card.select_fid("DF05").substr(0, 2), "6F") << "has no AID";
    EXPECT_EQ(card.select_fid("3F00").substr(0, 2), "6F");
}

TEST(Selection, OfWhatIsNotThereChangesNothing) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    card.select_fid("EF05");
    EXPECT_EQ(card.send("00A4020002EF77"), "6A82");
    EXPECT_EQ(card.send("00A4040006D15600000590"), "6A82");
    EXPECT_EQ(card.ask("00B2030000"), "0304322E30309000") << "EF05 is still the current file";
}

TEST(Selection, RefusesOtherParameters) {
    Bench card{plan_2(), blank(plan_2())};
    EXPECT_EQ(card.send("00A4010002EF05"), "6A86");
    EXPECT_EQ(card.send("00A4000102EF05"), "6A86");
    EXPECT_EQ(card.send("00A4000001EF"), "6700");
    EXPECT_EQ(card.send("00A404001100112233445566778899AABBCCDDEEFF00"), "6700");
}

TEST(Selection, OfTheSameDirectoryAgainKeepsTheRights) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    ASSERT_EQ(card.verify("123456"), "9000");
    card.select(Directory::df01);
    EXPECT_EQ(card.ask("00B2010400"), "6986") << "the current file is gone";
    EXPECT_EQ(card.ask("00B2013400").substr(0, 4), "2350");
}

TEST(Selection, OfAnotherDirectoryLosesTheRights) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    ASSERT_EQ(card.verify("123456"), "9000");
    card.select(Directory::df02);
    EXPECT_EQ(card.ask("00B2012C00"), "6982");
    card.select(Directory::df01);
    EXPECT_EQ(card.ask("00B2013400"), "6982");
}

TEST(Selection, OfABareChipFindsNothing) {
    Bench card{plan_2(), bare(plan_2())};
    EXPECT_EQ(card.select(Directory::ssse), "6A82");
    EXPECT_EQ(card.select_fid("3F00"), "6A82");
}

} // namespace
} // namespace virtual_card
