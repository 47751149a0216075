#include "keys/custody/typed_hex.hpp"

#include <optional>

namespace keys::custody {
namespace {

std::optional<std::uint8_t> typed_digit(char digit) {
    if (digit >= '0' && digit <= '9') {
        return static_cast<std::uint8_t>(digit - '0');
    }
    char const lower = static_cast<char>(digit | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return static_cast<std::uint8_t>(lower - 'a' + 10);
    }
    return std::nullopt;
}

} // namespace

bool read_typed_hex(std::string_view text, apdu::ByteSpan out) {
    std::size_t digits = 0;
    for (char const c : text) {
        if (c == ' ' || c == '-' || c == '\t') {
            continue;
        }
        auto const digit = typed_digit(c);
        if (!digit || digits == 2 * out.size()) {
            return false;
        }
        std::uint8_t& byte = out[digits / 2];
        byte = static_cast<std::uint8_t>((digits % 2 == 0 ? 0 : byte << 4U) | *digit);
        ++digits;
    }
    return digits == 2 * out.size();
}

std::string grouped_hex(apdu::ByteView bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 2 + bytes.size() / 2); // so that no part of it is left elsewhere
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0 && i % 2 == 0) {
            text += ' ';
        }
        text += digits[bytes[i] >> 4U];
        text += digits[bytes[i] & 0x0FU];
    }
    return text;
}

} // namespace keys::custody
