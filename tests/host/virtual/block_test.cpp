#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

// card.md §4.1.

TEST(ApplicationBlock, IsPermanentAndLeavesTheOthers) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    EXPECT_EQ(card.send(card.maced("841E0001", "", {KeyName::stk_df01})), "9000");
    EXPECT_EQ(card.ask("00B2013400"), "9303");
    EXPECT_EQ(card.send("0084000008"), "9303");
    EXPECT_EQ(card.select(Directory::df02).substr(0, 2), "6F");
    EXPECT_EQ(card.select(Directory::df01), "9303");
    EXPECT_EQ(card.send("00200000"), "63C6") << "DF02 is still current";
    ASSERT_TRUE(card.connection().reset().ok());
    card.select(Directory::ssse);
    EXPECT_EQ(card.select_fid("DF01"), "9303");
}

TEST(ApplicationBlock, OfTheEnvironmentTakesItsApplicationsAlong) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send(card.maced("841E0001", "", {KeyName::stk_ssse})), "9000");
    EXPECT_EQ(card.select(Directory::ssse), "9303");
    EXPECT_EQ(card.select(Directory::df04), "9303");
    EXPECT_EQ(card.select(Directory::mf).substr(0, 2), "6F");
}

TEST(ApplicationBlock, IsAlsoDoneByTheLockKeyOfAnApplication) {
    for (auto const& [directory, key] : {std::pair{Directory::df03, KeyName::lk_df03},
                                         std::pair{Directory::df04, KeyName::lk_df04}}) {
        Bench card{plan_2(), blank(plan_2())};
        card.select(directory);
        EXPECT_EQ(card.send(card.maced("841E0001", "", {key})), "9000");
        EXPECT_EQ(card.select(directory), "9303");
    }
}

TEST(ApplicationBlock, RefusesOtherFormsAndWrongMacs) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    EXPECT_EQ(card.send("841E000004"
                        "00000000"),
              "6A86");
    EXPECT_EQ(card.send("841E000105"
                        "0000000000"),
              "6700");
    EXPECT_EQ(card.send("841E000104"
                        "00000000"),
              "6985")
        << "no challenge";
    EXPECT_EQ(card.send(card.maced("841E0001", "", {KeyName::stk_ssse})), "6988");
    card.select(Directory::mf);
    EXPECT_EQ(card.send("841E000104"
                        "00000000"),
              "6A88")
        << "the MF has no STK";
}

TEST(CardBlock, EndsTheCard) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send(card.maced("84160000", "", {KeyName::bk})), "9000");
    for (char const* const command : {"0084000008", "00A40000023F00", "00200000", "00CA000000"}) {
        EXPECT_EQ(card.send(command), "6A81") << command;
    }
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(card.select(Directory::ssse), "6A81");
}

TEST(CardBlock, IsDoneByBkOnly) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df04);
    EXPECT_EQ(card.send(card.maced("84160000", "", {KeyName::stk_ssse})), "6988");
    EXPECT_EQ(card.send(card.maced("84160000", "", {KeyName::lk_df04})), "6988");
    EXPECT_EQ(card.send("841600010400000000"), "6A86");
    EXPECT_EQ(card.send("84160000050000000000"), "6700");
    EXPECT_EQ(card.send(card.maced("84160000", "", {KeyName::bk})), "9000")
        << "from an application too";
}

} // namespace
} // namespace virtual_card
