#include "apdu/utf8.hpp"

namespace apdu {
namespace {

constexpr char32_t code_point_max = 0x10FFFF;

constexpr bool is_surrogate(char32_t code_point) {
    return code_point >= 0xD800 && code_point <= 0xDFFF;
}

/// How many bytes a character has by its first byte; 0 for a byte that starts none.
constexpr std::size_t size_by_first_byte(unsigned byte) {
    if (byte < 0x80U) {
        return 1;
    }
    if (byte < 0xC0U || byte > 0xF7U) {
        return 0;
    }
    if (byte < 0xE0U) {
        return 2;
    }
    return byte < 0xF0U ? 3 : 4;
}

constexpr std::size_t size_of(char32_t code_point) {
    if (code_point < 0x80) {
        return 1;
    }
    if (code_point < 0x800) {
        return 2;
    }
    return code_point < 0x10000 ? 3 : 4;
}

} // namespace

Result<Utf8Character> first_utf8_character(std::string_view text) {
    require(!text.empty());
    auto const first = static_cast<unsigned char>(text[0]);
    std::size_t const size = size_by_first_byte(first);
    if (size == 0 || text.size() < size) {
        return Error::bad_encoding;
    }
    if (size == 1) {
        return Utf8Character{first, 1};
    }
    char32_t code_point = first & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) {
            return Error::bad_encoding;
        }
        code_point = (code_point << 6U) | (next & 0x3FU);
    }
    if (size_of(code_point) != size || is_surrogate(code_point) || code_point > code_point_max) {
        return Error::bad_encoding;
    }
    return Utf8Character{code_point, size};
}

std::size_t utf8_size(char32_t code_point) { return size_of(code_point); }

std::size_t write_utf8(char32_t code_point, std::span<char> out) {
    std::size_t const size = size_of(code_point);
    require(code_point <= code_point_max && !is_surrogate(code_point) && out.size() >= size);
    if (size == 1) {
        out[0] = static_cast<char>(code_point);
        return 1;
    }
    for (std::size_t i = size - 1; i > 0; --i) {
        out[i] = static_cast<char>(0x80U | (code_point & 0x3FU));
        code_point >>= 6U;
    }
    unsigned const first_mark = 0xFFU & ~(0xFFU >> size);
    out[0] = static_cast<char>(first_mark | code_point);
    return size;
}

} // namespace apdu
