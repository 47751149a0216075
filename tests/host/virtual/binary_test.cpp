#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

/// SSSE/EF08, the photo: 1000 hex bytes, read with RKSSSE, written with UKSSSE.
class Binary : public testing::Test {
public:
    void SetUp() override {
        card.select(Directory::ssse);
        ASSERT_EQ(card.authenticate({KeyName::rk_ssse}), "9000");
        ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
        card.select_fid("EF08");
    }
    Bench card{plan_2(), blank(plan_2())};
};

TEST_F(Binary, IsReadAndWrittenAtAnOffset) {
    EXPECT_EQ(card.send("00D60FFE02ABCD"), "9000");
    EXPECT_EQ(card.send("00B00FFE02"), "ABCD9000");
    EXPECT_EQ(card.send("00B00FFD03"), "00ABCD9000");
}

TEST_F(Binary, IsReadWithTheSfi) {
    card.send("00D6000002ABCD");
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00B0880102"), "CD009000");
    EXPECT_EQ(card.send("00B0000001"), "AB9000") << "and is current now";
    EXPECT_EQ(card.send("00B0900001"), "6A82") << "no file 10";
    EXPECT_EQ(card.send("00B0A80001"), "6A86") << "bits 7 and 6 are reserved";
}

TEST_F(Binary, EndsWithTheFile) {
    EXPECT_EQ(card.send("00B0100001"), "6B00");
    EXPECT_EQ(card.send("00B0100000"), "6B00");
    EXPECT_EQ(card.send("00B00FFE03"), "6C02");
    EXPECT_EQ(card.send("00D6100001AB"), "6B00");
    EXPECT_EQ(card.send("00D60FFF02ABCD"), "6A84");
    EXPECT_EQ(card.send("00B00FFF01"), "009000") << "nothing was written";
    EXPECT_EQ(card.send("00D6880001AB"), "6B00") << "UPDATE BINARY has no SFI";
    EXPECT_EQ(card.send("00D60000"), "6700");
}

TEST_F(Binary, NeedsACurrentFile) {
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00B0000001"), "6986");
    EXPECT_EQ(card.send("00D6000001AB"), "6986");
}

TEST_F(Binary, OfARecordFileIs6981) {
    card.select_fid("EF05");
    EXPECT_EQ(card.send("00B0000001"), "6981");
    EXPECT_EQ(card.send("00D6000001AB"), "6981");
}

} // namespace
} // namespace virtual_card
