#include "keys/pin.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

Bytes bcd_of(std::string_view digits) {
    auto const pin = Pin::from_digits(digits);
    EXPECT_TRUE(pin.ok());
    return apdu::copy_of(pin.value().expose());
}

TEST(Pin, IsPackedBcd) {
    EXPECT_EQ(bcd_of("123456"), apdu::bytes("123456"));
    EXPECT_EQ(bcd_of("0000"), apdu::bytes("0000"));
    EXPECT_EQ(bcd_of("123456789012"), apdu::bytes("123456789012"));
}

TEST(Pin, IsFilledUpWithFToWholeBytes) {
    EXPECT_EQ(bcd_of("12345"), apdu::bytes("12345F"));
    EXPECT_EQ(bcd_of("12345678901"), apdu::bytes("12345678901F"));
}

TEST(Pin, SizeIsThatOfTheBcdForm) {
    EXPECT_EQ(Pin::from_digits("1234").value().size(), 2U);
    EXPECT_EQ(Pin::from_digits("12345").value().size(), 3U);
    EXPECT_EQ(Pin::from_digits("123456789012").value().size(), 6U);
}

TEST(Pin, FewerThan4DigitsAreTooShort) {
    EXPECT_EQ(Pin::from_digits("").error(), apdu::Error::too_short);
    EXPECT_EQ(Pin::from_digits("123").error(), apdu::Error::too_short);
}

TEST(Pin, MoreThan12DigitsAreTooLong) {
    EXPECT_EQ(Pin::from_digits("1234567890123").error(), apdu::Error::too_long);
}

TEST(Pin, AnythingButDecimalDigitsIsRefused) {
    for (std::string_view const text : {"12A456", "12 456", "-12345", "12345F", "12.456"}) {
        EXPECT_EQ(Pin::from_digits(text).error(), apdu::Error::not_digits) << text;
    }
    EXPECT_EQ(Pin::from_digits("１２３").error(), apdu::Error::not_digits); // full-width digits
}

} // namespace
} // namespace keys
