#include "apdu/item_form.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace apdu {
namespace {

template <typename Function, typename Argument>
std::string told(Function function, Argument const& argument) {
    std::array<char, 32> out{};
    Result<std::size_t> const size = function(argument, std::span<char>{out});
    return size.ok() ? std::string{out.data(), size.value()} : "refused";
}

TEST(ItemForm, ADateIsReadInTwoForms) {
    EXPECT_EQ(read_date("2024-02-29").value().view(), "20240229");
    EXPECT_EQ(read_date("20240229").value().view(), "20240229");
    EXPECT_EQ(read_date("2023-02-29").error(), Error::impossible_date);
    EXPECT_EQ(read_date("2023.02.28").error(), Error::malformed);
    EXPECT_EQ(read_date("").error(), Error::malformed);
}

TEST(ItemForm, AMomentIsReadInTwoForms) {
    EXPECT_EQ(read_date_time("2024-02-29T23:59:59").value().view(), "20240229235959");
    EXPECT_EQ(read_date_time("20240229235959").value().view(), "20240229235959");
    EXPECT_EQ(read_date_time("20240229240000").error(), Error::impossible_date);
    EXPECT_EQ(read_date_time("2024-02-29").error(), Error::malformed);
}

TEST(ItemForm, WhatIsNoDateIsToldAsItStands) {
    EXPECT_EQ(told(tell_date, std::string_view{"20240229"}), "2024-02-29");
    EXPECT_EQ(told(tell_date, std::string_view{"20230229"}), "20230229");
    EXPECT_EQ(told(tell_date, std::string_view{""}), "");
    EXPECT_EQ(told(tell_date_time, std::string_view{"20240229235959"}), "2024-02-29T23:59:59");
    EXPECT_EQ(told(tell_date_time, std::string_view{"20240229235960"}), "20240229235960");
    EXPECT_EQ(told(tell_date_time, std::string_view{"20240229"}), "20240229");
}

TEST(ItemForm, NumbersReachTheirLargestAndNoFurther) {
    std::array<std::uint8_t, 1> byte{};
    EXPECT_TRUE(encode_number("255", byte).ok());
    EXPECT_EQ(encode_number("256", byte).error(), Error::too_long);
    EXPECT_EQ(byte[0], 0xFF);
    std::array<std::uint8_t, 8> widest{};
    EXPECT_TRUE(encode_number("18446744073709551615", widest).ok());
    EXPECT_EQ(copy_of(widest), bytes("FFFFFFFFFFFFFFFF"));
    EXPECT_EQ(encode_number("18446744073709551616", widest).error(), Error::too_long);
    EXPECT_EQ(encode_number("1", std::span<std::uint8_t>{}).error(), Error::too_long);
}

TEST(ItemForm, NumbersAreToldInDecimal) {
    EXPECT_EQ(told(decode_number, bytes("FFFFFFFFFFFFFFFF")), "18446744073709551615");
    EXPECT_EQ(told(decode_number, bytes("0100")), "256");
    EXPECT_EQ(told(decode_number, bytes("")), "0");
    EXPECT_EQ(told(decode_number, bytes("000000000000000000")), "refused");
}

TEST(ItemForm, HexIsReadInEitherCaseAndWrittenInCapitals) {
    std::array<std::uint8_t, 3> out{};
    EXPECT_EQ(read_hex("0aFf", out).value(), 2U);
    EXPECT_EQ(told(write_hex, copy_of(std::span{out}.first(2))), "0AFF");
    EXPECT_EQ(read_hex("0", out).error(), Error::malformed);
    EXPECT_EQ(read_hex("0x", out).error(), Error::malformed);
    EXPECT_EQ(read_hex("00112233", out).error(), Error::too_long);
}

TEST(ItemForm, ABufferThatIsTooSmallIsSaidSo) {
    std::array<char, 1> out{};
    EXPECT_EQ(tell_date("20240229", out).error(), Error::buffer_too_small);
    EXPECT_EQ(tell_date("77", out).error(), Error::buffer_too_small);
    EXPECT_EQ(tell_date_time("20240229235959", out).error(), Error::buffer_too_small);
    EXPECT_EQ(decode_number(bytes("10"), out).error(), Error::buffer_too_small);
    EXPECT_EQ(write_hex(bytes("10"), out).error(), Error::buffer_too_small);
}

} // namespace
} // namespace apdu
