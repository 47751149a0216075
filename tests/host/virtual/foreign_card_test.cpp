#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/foreign_card.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

std::string send(ForeignCard& card, std::string_view hex) {
    return hex_of(card.exchange(apdu::bytes(hex)));
}

constexpr std::string_view select_environment = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF";
constexpr std::string_view select_payment = "00A404000E315041592E5359532E4444463031";

TEST(ForeignCard, OfABankHasThePaymentEnvironmentOnly) {
    ForeignCard card{ForeignKind::bank};
    EXPECT_EQ(send(card, select_environment), "6A82");
    EXPECT_EQ(send(card, select_payment), "6117");
    EXPECT_EQ(send(card, "00C0000017"), "6F15840E315041592E5359532E4444463031A5038801019000");
    EXPECT_EQ(send(card, "00B2010C00"), "6D00");
}

TEST(ForeignCard, OfATelephoneSpeaksClassA0) {
    ForeignCard card{ForeignKind::sim};
    EXPECT_EQ(send(card, select_environment), "6E00");
    EXPECT_EQ(send(card, "A0A40000023F00"), "9F0E");
    EXPECT_EQ(send(card, "A0C000000E").substr(8, 4), "3F00");
    EXPECT_EQ(send(card, "A0A40000027F10"), "9404");
}

TEST(ForeignCard, AnswersAnotherAtr) {
    EXPECT_NE(hex_of(ForeignCard{ForeignKind::bank}.atr()).substr(0, 4), "3B6D");
    EXPECT_NE(hex_of(ForeignCard{ForeignKind::sim}.atr()).substr(0, 4), "3B6D");
}

TEST(ForeignCard, RefusesHalfCommands) {
    ForeignCard card{ForeignKind::bank};
    EXPECT_EQ(send(card, ""), "6700");
    EXPECT_EQ(send(card, "00A40400"), "6700");
    EXPECT_EQ(send(card, "00A404000E31"), "6A82");
}

} // namespace
} // namespace virtual_card
