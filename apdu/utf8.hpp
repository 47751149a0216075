#pragma once

#include "apdu/result.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace apdu {

/// Bytes of the longest character in UTF-8.
inline constexpr std::size_t utf8_character_size_max = 4;

/// One character and how many bytes of UTF-8 it takes.
struct Utf8Character {
    char32_t code_point;
    std::size_t size;
};

/// The first character of `text`. Strict: no overlong form, no surrogate, nothing over U+10FFFF.
/// RFC 3629 §3. Error: bad_encoding. require: `text` is not empty.
[[nodiscard]] Result<Utf8Character> first_utf8_character(std::string_view text);

/// How many bytes of UTF-8 the character takes: 1 to 4.
[[nodiscard]] std::size_t utf8_size(char32_t code_point);

/// Writes the character in UTF-8; returns bytes written. require: `out` has utf8_size() bytes, and
/// `code_point` is no surrogate and at most U+10FFFF.
std::size_t write_utf8(char32_t code_point, std::span<char> out);

} // namespace apdu
