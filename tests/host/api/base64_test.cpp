#include "host/api/base64.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace {

std::string encoded(std::string_view text) {
    return api::base64_text({reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

// RFC 4648 §10.
TEST(Base64, TestVectorsOfTheRfc) {
    EXPECT_EQ(encoded(""), "");
    EXPECT_EQ(encoded("f"), "Zg==");
    EXPECT_EQ(encoded("fo"), "Zm8=");
    EXPECT_EQ(encoded("foo"), "Zm9v");
    EXPECT_EQ(encoded("foob"), "Zm9vYg==");
    EXPECT_EQ(encoded("fooba"), "Zm9vYmE=");
    EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
}

TEST(Base64, HighBytesUseTheLastCharactersOfTheAlphabet) {
    EXPECT_EQ(encoded("\xFB\xFF\xFE"), "+//+");
}

TEST(Base64, IsReadInItsOneSpellingOnly) {
    for (std::string const text : {"", "f", "fo", "foo", "foob", "\xFB\xFF\xFE"}) {
        auto const read = api::bytes_of_base64(encoded(text));
        ASSERT_TRUE(read) << text;
        EXPECT_EQ(std::string(read->begin(), read->end()), text);
    }
    for (auto const* const wrong :
         {"Zg", "Zg=", "Zh==", "Z", "Zg==Zg==", "Zm9v\n", "====", "Zm 9v"}) {
        EXPECT_FALSE(api::bytes_of_base64(wrong)) << wrong;
    }
}

} // namespace
