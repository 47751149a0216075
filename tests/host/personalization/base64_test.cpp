#include "host/personalization/base64.hpp"

#include <gtest/gtest.h>

#include <string>

namespace personalization {
namespace {

std::string decoded(std::string_view text) {
    auto const bytes = base64_bytes(text);
    return bytes ? std::string{bytes->begin(), bytes->end()} : "none";
}

// RFC 4648 §10.
TEST(Base64, DecodesTheVectorsOfRfc4648) {
    EXPECT_EQ(decoded(""), "");
    EXPECT_EQ(decoded("Zg=="), "f");
    EXPECT_EQ(decoded("Zm8="), "fo");
    EXPECT_EQ(decoded("Zm9v"), "foo");
    EXPECT_EQ(decoded("Zm9vYg=="), "foob");
    EXPECT_EQ(decoded("Zm9vYmE="), "fooba");
    EXPECT_EQ(decoded("Zm9vYmFy"), "foobar");
}

TEST(Base64, DecodesTheWholeAlphabet) {
    EXPECT_EQ(base64_bytes("+/+/"), (std::vector<std::uint8_t>{0xFB, 0xFF, 0xBF}));
}

class NoBase64 : public testing::TestWithParam<std::string_view> {};

INSTANTIATE_TEST_SUITE_P(Base64, NoBase64,
                         testing::Values("Zg", "Zg=", "Z", "Zm9v\n", "Zm 9", "Zh==", "Zm9=", "====",
                                         "Z===", "=m9v", "Zg==Zg==", "Zm9-"));

TEST_P(NoBase64, IsRefused) { EXPECT_FALSE(base64_bytes(GetParam()).has_value()); }

} // namespace
} // namespace personalization
