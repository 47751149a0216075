#include "apdu/utf8.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace apdu {
namespace {

std::string written(char32_t code_point) {
    std::array<char, utf8_character_size_max> text{};
    return {text.data(), write_utf8(code_point, text)};
}

// RFC 3629 §3 and §7.
TEST(Utf8, CharactersOfEachLengthAreRead) {
    EXPECT_EQ(first_utf8_character("A").value().code_point, U'A');
    EXPECT_EQ(first_utf8_character("·").value().code_point, U'\u00B7');
    EXPECT_EQ(first_utf8_character("张三").value().code_point, U'张');
    EXPECT_EQ(first_utf8_character("张三").value().size, 3U);
    EXPECT_EQ(first_utf8_character("\xF0\xA3\x8E\xB4").value().code_point, char32_t{0x233B4});
}

TEST(Utf8, EveryCodePointComesBack) {
    for (char32_t code_point = 0; code_point < 0x110000; ++code_point) {
        if (code_point >= 0xD800 && code_point < 0xE000) {
            continue;
        }
        std::string const text = written(code_point);
        ASSERT_EQ(text.size(), utf8_size(code_point));
        ASSERT_EQ(first_utf8_character(text).value().code_point, code_point);
        ASSERT_EQ(first_utf8_character(text).value().size, text.size());
    }
}

TEST(Utf8, WhatIsNotUtf8IsBadEncoding) {
    for (char const* const text : {"\x80", "\xBF", "\xC3", "\xE5\xBC", "\xF0\xA3\x8E", "\xC3\x28",
                                   "\xE5\xBC\x28", "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"}) {
        EXPECT_EQ(first_utf8_character(text).error(), Error::bad_encoding) << text;
    }
}

TEST(Utf8, OverlongFormsAreBadEncoding) {
    for (char const* const text : {"\xC0\x80", "\xC1\xBF", "\xE0\x80\xAF", "\xE0\x9F\xBF",
                                   "\xF0\x80\x80\xAF", "\xF0\x8F\xBF\xBF"}) {
        EXPECT_EQ(first_utf8_character(text).error(), Error::bad_encoding) << text;
    }
}

TEST(Utf8, SurrogatesAndWhatIsOver10FFFFAreBadEncoding) {
    for (char const* const text :
         {"\xED\xA0\x80", "\xED\xBF\xBF", "\xF4\x90\x80\x80", "\xF7\xBF\xBF\xBF"}) {
        EXPECT_EQ(first_utf8_character(text).error(), Error::bad_encoding) << text;
    }
}

} // namespace
} // namespace apdu
