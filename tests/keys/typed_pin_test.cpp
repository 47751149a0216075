#include "keys/typed_pin.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace keys {
namespace {

void type(TypedPin& pin, std::string_view digits) {
    for (char const digit : digits) {
        EXPECT_TRUE(pin.add(static_cast<std::uint8_t>(digit - '0')));
    }
}

TEST(TypedPin, HasTheDigitsInTheirOrder) {
    TypedPin pin;
    EXPECT_EQ(pin.size(), 0U);
    type(pin, "9071");
    EXPECT_EQ(pin.size(), 4U);
    EXPECT_EQ(apdu::copy_of(pin.expose()), apdu::bytes("09 00 07 01"));
}

TEST(TypedPin, TakesNoMoreThan32Digits) {
    TypedPin pin;
    type(pin, "12345678901234567890123456789012");
    EXPECT_FALSE(pin.add(3));
    EXPECT_EQ(pin.size(), TypedPin::digits_max);
}

TEST(TypedPin, HasNoDigitsOnceItIsCleared) {
    TypedPin pin;
    type(pin, "1234");
    apdu::ByteView const digits = pin.expose();
    pin.clear();
    EXPECT_EQ(pin.size(), 0U);
    EXPECT_EQ(apdu::copy_of(digits), apdu::bytes("00 00 00 00")) << "wiped";
    type(pin, "5678");
    EXPECT_EQ(apdu::copy_of(pin.expose()), apdu::bytes("05 06 07 08"));
}

TEST(TypedPin, IsTheSameAsAnotherOfTheSameDigitsOnly) {
    TypedPin a;
    TypedPin b;
    EXPECT_TRUE(a.is_same_as(b));
    type(a, "1230");
    type(b, "123");
    EXPECT_FALSE(a.is_same_as(b)) << "a 0 at the end is a digit";
    type(b, "0");
    EXPECT_TRUE(a.is_same_as(b));
    type(a, "1");
    type(b, "2");
    EXPECT_FALSE(a.is_same_as(b));
}

TEST(TypedPin, BecomesACardsPinOf4To12Digits) {
    for (std::size_t size = 0; size <= 14; ++size) {
        TypedPin pin;
        type(pin, std::string_view{"12345678901234"}.substr(0, size));
        auto const made = pin.pin();
        ASSERT_EQ(made.ok(), size >= 4 && size <= 12) << size;
        if (!made.ok()) {
            EXPECT_EQ(made.error(), size < 4 ? apdu::Error::too_short : apdu::Error::too_long);
        }
    }
    TypedPin pin;
    type(pin, "12345");
    EXPECT_EQ(apdu::copy_of(pin.pin().value().expose()), apdu::bytes("12345F"));
}

} // namespace
} // namespace keys
