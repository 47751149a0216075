#include "keys/pan.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

Bytes field_of(Pan const& pan) { return apdu::copy_of(pan.field()); }
Bytes field_of(std::string_view digits) { return field_of(Pan::from_digits(digits).value()); }

TEST(Pan, OfTwelveDigitsOrMoreSaysHowManyMore) {
    EXPECT_EQ(field_of("123456789012"), apdu::bytes("01234567890120000000000000000000"));
    EXPECT_EQ(field_of("4111111111111111"), apdu::bytes("44111111111111111000000000000000"));
    EXPECT_EQ(field_of("112233445566778899"), apdu::bytes("61122334455667788990000000000000"));
    EXPECT_EQ(field_of("1234567890123456789"), apdu::bytes("71234567890123456789000000000000"));
}

TEST(Pan, OfFewerDigitsIsFilledUpOnTheLeft) {
    EXPECT_EQ(field_of("1"), apdu::bytes("00000000000010000000000000000000"));
    EXPECT_EQ(field_of("12345678901"), apdu::bytes("00123456789010000000000000000000"));
}

TEST(Pan, TakesOneToNineteenDigitsAndNothingElse) {
    EXPECT_EQ(Pan::from_digits("").error(), apdu::Error::too_short);
    EXPECT_EQ(Pan::from_digits("12345678901234567890").error(), apdu::Error::too_long);
    for (std::string_view const text :
         {"4111F11111111111", "4111 111", "-4111", "11010119000101001X"}) {
        EXPECT_EQ(Pan::from_digits(text).error(), apdu::Error::not_digits) << text;
    }
}

TEST(CardPan, IsTheNumberThatTheLastEightHistoricalBytesAre) {
    // 8697159900BF7C7A = 9698244069452381306.
    Pan const pan = card_pan(sample_card(Algorithm::des3).factor().first<8>());
    EXPECT_EQ(field_of(pan), apdu::bytes("79698244069452381306000000000000"));
}

TEST(CardPan, HasNineteenDigitsAlways) {
    std::array<std::uint8_t, 8> factor{};
    EXPECT_EQ(field_of(card_pan(factor)), apdu::bytes("70000000000000000000000000000000"));
    factor.back() = 7;
    EXPECT_EQ(field_of(card_pan(factor)), apdu::bytes("70000000000000000007000000000000"));
    factor.fill(0xFF); // 18446744073709551615, which has one digit more
    EXPECT_EQ(field_of(card_pan(factor)), apdu::bytes("78446744073709551615000000000000"));
}

} // namespace
} // namespace keys
