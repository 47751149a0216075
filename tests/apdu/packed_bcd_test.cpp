#include "apdu/packed_bcd.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace apdu {
namespace {

std::vector<std::uint8_t> packed(std::string_view digits, std::size_t size) {
    std::vector<std::uint8_t> out(size, 0xEE);
    EXPECT_TRUE(pack_digits(digits, out).ok()) << digits;
    return out;
}

std::string unpacked(std::string_view hex) {
    std::array<char, 32> out{};
    Result<std::size_t> const size = unpack_digits(bytes(hex), out);
    return size.ok() ? std::string{out.data(), size.value()} : "refused";
}

TEST(PackedBcd, DigitsAreLeftAlignedAndFilledWithF) {
    EXPECT_EQ(packed("123456", 3), bytes("123456"));
    EXPECT_EQ(packed("12345", 3), bytes("12345F"));
    EXPECT_EQ(packed("1", 3), bytes("1FFFFF"));
    EXPECT_EQ(packed("", 3), bytes("FFFFFF"));
    EXPECT_EQ(packed("", 0), bytes(""));
}

TEST(PackedBcd, DigitsComeBack) {
    for (char const* const digits : {"", "0", "00", "123", "9876543210"}) {
        std::array<std::uint8_t, 8> out{};
        ASSERT_TRUE(pack_digits(digits, out).ok());
        std::array<char, 16> text{};
        EXPECT_EQ((std::string{text.data(), unpack_digits(out, text).value()}), digits);
    }
}

TEST(PackedBcd, FillersAreCutOffAtTheEndOnly) {
    EXPECT_EQ(unpacked("12345F"), "12345");
    EXPECT_EQ(unpacked("FFFFFF"), "");
    EXPECT_EQ(unpacked("12F456"), "refused");
    EXPECT_EQ(unpacked("F1"), "refused");
}

TEST(PackedBcd, NibblesAToEAreNoDigits) {
    for (char const* const hex : {"1A", "B1", "C0", "0D", "EF"}) {
        EXPECT_EQ(unpacked(hex), "refused") << hex;
    }
}

TEST(PackedBcd, ErrorsLeaveTheBuffer) {
    std::array<std::uint8_t, 1> out{0xEE};
    EXPECT_EQ(pack_digits("123", out).error(), Error::too_long);
    EXPECT_EQ(pack_digits("1a", out).error(), Error::not_digits);
    EXPECT_EQ(out[0], 0xEE);
    std::array<char, 1> text{'x'};
    EXPECT_EQ(unpack_digits(bytes("12"), text).error(), Error::buffer_too_small);
    EXPECT_EQ(unpack_digits(bytes("1A"), text).error(), Error::not_digits);
    EXPECT_EQ(text[0], 'x');
}

} // namespace
} // namespace apdu
