#include "apdu/ccid/terminal_escape.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::ccid {
namespace {

Error request_error(std::string_view text) { return PinCaptureRequest::parse(bytes(text)).error(); }

TEST(PinCaptureRequest, IsParsedAsItIsEncoded) {
    PinCaptureRequest const request{
        .timeout_s = 30, .digits_min = 6, .digits_max = 8, .language = 0x0409};
    std::array<std::uint8_t, PinCaptureRequest::size> encoded{};
    request.encode(encoded);
    EXPECT_EQ(copy_of(encoded), bytes("1E 06 08 09 04"));
    auto const parsed = PinCaptureRequest::parse(encoded);
    ASSERT_TRUE(parsed.ok());
    EXPECT_EQ(parsed.value().timeout_s, 30);
    EXPECT_EQ(parsed.value().digits_min, 6);
    EXPECT_EQ(parsed.value().digits_max, 8);
    EXPECT_EQ(parsed.value().language, 0x0409);
}

TEST(PinCaptureRequest, IsAsLongAsItIs) {
    EXPECT_EQ(request_error(""), Error::truncated);
    EXPECT_EQ(request_error("1E 06 08 09"), Error::truncated);
    EXPECT_EQ(request_error("1E 06 08 09 04 00"), Error::trailing_bytes);
}

TEST(PinCaptureRequest, HasBoundsThatACardsPinMeets) {
    for (unsigned min = 0; min <= 16; ++min) {
        for (unsigned max = 0; max <= 16; ++max) {
            std::array const data{std::uint8_t{0}, static_cast<std::uint8_t>(min),
                                  static_cast<std::uint8_t>(max), std::uint8_t{4}, std::uint8_t{8}};
            bool const is_one = min >= 4 && min <= max && max <= 12;
            EXPECT_EQ(PinCaptureRequest::parse(data).ok(), is_one) << min << " " << max;
        }
    }
}

TEST(CapturedPin, IsParsedAsItIsEncoded) {
    constexpr std::string_view text = "0102030405060708 80000001 A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";
    auto const pin = CapturedPin::parse(bytes(text));
    ASSERT_TRUE(pin.ok());
    EXPECT_EQ(copy_of(pin.value().initial_key_id), bytes("0102030405060708"));
    EXPECT_EQ(pin.value().counter, 0x80000001U);
    EXPECT_EQ(copy_of(pin.value().block), bytes("A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"));
    std::array<std::uint8_t, CapturedPin::size> encoded{};
    pin.value().encode(encoded);
    EXPECT_EQ(copy_of(encoded), bytes(text));
}

TEST(CapturedPin, IsAsLongAsItIs) {
    EXPECT_EQ(CapturedPin::parse(std::vector<std::uint8_t>(27)).error(), Error::truncated);
    EXPECT_EQ(CapturedPin::parse(std::vector<std::uint8_t>(29)).error(), Error::trailing_bytes);
}

} // namespace
} // namespace apdu::ccid
