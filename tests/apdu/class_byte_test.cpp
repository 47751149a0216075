#include "apdu/class_byte.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string_view>

namespace apdu {
namespace {

/// A row of the standard's tables: bits 8 … 1, where '-' and 'x' stand for either value.
bool matches(std::string_view pattern, unsigned value) {
    for (std::size_t i = 0; i < 8; ++i) {
        bool const bit = ((value >> (7 - i)) & 1U) != 0;
        if (pattern[i] != '-' && pattern[i] != 'x' && (pattern[i] == '1') != bit) {
            return false;
        }
    }
    return true;
}

/// Asks `holds` of every class byte that the row covers, and returns how many there are.
int for_each_in_row(std::string_view pattern, std::function<bool(Cla)> const& holds) {
    int covered = 0;
    for (unsigned value = 0; value <= 0xFF; ++value) {
        if (matches(pattern, value)) {
            EXPECT_TRUE(holds(Cla{static_cast<std::uint8_t>(value)})) << pattern << " " << value;
            ++covered;
        }
    }
    return covered;
}

// ISO/IEC 7816-4:2020 §5.4.1, table "first interindustry values of CLA", row by row.
TEST(Cla, FirstInterindustryIsBits876Zero) {
    EXPECT_EQ(for_each_in_row("000-----", [](Cla c) { return c.is_first_interindustry(); }), 32);
}
TEST(Cla, FirstInterindustryBit5ZeroIsTheLastOrOnlyCommandOfAChain) {
    EXPECT_EQ(for_each_in_row("0000----", [](Cla c) { return !c.is_chained(); }), 16);
}
TEST(Cla, FirstInterindustryBit5OneIsNotTheLastCommandOfAChain) {
    EXPECT_EQ(for_each_in_row("0001----", [](Cla c) { return c.is_chained(); }), 16);
}
TEST(Cla, FirstInterindustryBits43ZeroIsNoSecureMessaging) {
    EXPECT_EQ(for_each_in_row("000-00--", [](Cla c) { return !c.has_secure_messaging(); }), 8);
}
TEST(Cla, FirstInterindustryBits43IsProprietarySecureMessagingAt01) {
    EXPECT_EQ(for_each_in_row("000-01--", [](Cla c) { return c.has_secure_messaging(); }), 8);
}
TEST(Cla, FirstInterindustryBits43IsSecureMessagingWithoutHeaderAt10) {
    EXPECT_EQ(for_each_in_row("000-10--", [](Cla c) { return c.has_secure_messaging(); }), 8);
}
TEST(Cla, FirstInterindustryBits43IsSecureMessagingWithHeaderAt11) {
    EXPECT_EQ(for_each_in_row("000-11--", [](Cla c) { return c.has_secure_messaging(); }), 8);
}
TEST(Cla, FirstInterindustryBits21AreTheChannel) {
    EXPECT_EQ(for_each_in_row("000---xx", [](Cla c) { return c.channel() == (c.value() & 3); }),
              32);
}

// The same clause, table "further interindustry values of CLA", row by row.
TEST(Cla, FurtherInterindustryIsBits87At01) {
    EXPECT_EQ(for_each_in_row("01------", [](Cla c) { return c.is_further_interindustry(); }), 64);
}
TEST(Cla, FurtherInterindustryBit6ZeroIsNoSecureMessaging) {
    EXPECT_EQ(for_each_in_row("010-----", [](Cla c) { return !c.has_secure_messaging(); }), 32);
}
TEST(Cla, FurtherInterindustryBit6OneIsSecureMessaging) {
    EXPECT_EQ(for_each_in_row("011-----", [](Cla c) { return c.has_secure_messaging(); }), 32);
}
TEST(Cla, FurtherInterindustryBit5ZeroIsTheLastOrOnlyCommandOfAChain) {
    EXPECT_EQ(for_each_in_row("01-0----", [](Cla c) { return !c.is_chained(); }), 32);
}
TEST(Cla, FurtherInterindustryBit5OneIsNotTheLastCommandOfAChain) {
    EXPECT_EQ(for_each_in_row("01-1----", [](Cla c) { return c.is_chained(); }), 32);
}
TEST(Cla, FurtherInterindustryBits4To1AreTheChannelLess4) {
    EXPECT_EQ(
        for_each_in_row("01--xxxx", [](Cla c) { return c.channel() == 4 + (c.value() & 0x0F); }),
        64);
}

// The same clause, text: bit 8 set is proprietary.
TEST(Cla, ProprietaryIsBit8One) {
    EXPECT_EQ(for_each_in_row("1-------", [](Cla c) { return c.is_proprietary(); }), 128);
}
TEST(Cla, ProprietaryHasNoChainAndNoChannel) {
    EXPECT_EQ(
        for_each_in_row("1-------", [](Cla c) { return !c.is_chained() && c.channel() == 0; }),
        128);
}
TEST(Cla, ProprietarySecureMessagingIsBits43AsOnThisCard) {
    EXPECT_EQ(for_each_in_row("1---00--", [](Cla c) { return !c.has_secure_messaging(); }), 32);
    EXPECT_EQ(for_each_in_row("1---01--", [](Cla c) { return c.has_secure_messaging(); }), 32);
}

TEST(Cla, Bits876At001AreReservedAndNeitherKind) {
    EXPECT_EQ(for_each_in_row("001-----",
                              [](Cla c) {
                                  return !c.is_proprietary() && !c.is_first_interindustry() &&
                                         !c.is_further_interindustry();
                              }),
              32);
}

TEST(Cla, NoByteIsOfTwoKinds) {
    for_each_in_row("--------", [](Cla c) {
        return int{c.is_proprietary()} + int{c.is_first_interindustry()} +
                   int{c.is_further_interindustry()} <=
               1;
    });
}

TEST(Cla, TheCardsClassesAreNamed) {
    EXPECT_EQ(Cla::interindustry.value(), 0x00);
    EXPECT_EQ(Cla::interindustry_secure.value(), 0x04);
    EXPECT_EQ(Cla::proprietary.value(), 0x80);
    EXPECT_EQ(Cla::proprietary_secure.value(), 0x84);
    EXPECT_EQ(Cla::purchase.value(), 0xB0);
    EXPECT_TRUE(Cla::interindustry_secure.has_secure_messaging());
    EXPECT_TRUE(Cla::proprietary_secure.has_secure_messaging());
    EXPECT_FALSE(Cla::purchase.has_secure_messaging());
}

} // namespace
} // namespace apdu
