#pragma once

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace apdu {

/// Bytes written as hex digits, with spaces where they help: "00 A4 04 00". Throws on anything
/// else.
inline std::vector<std::uint8_t> bytes(std::string_view hex) {
    auto const value_of = [](char c) {
        constexpr std::string_view digits = "0123456789ABCDEF";
        char const upper = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
        auto const value = digits.find(upper);
        if (value == std::string_view::npos) {
            throw std::invalid_argument{"not hex"};
        }
        return static_cast<unsigned>(value);
    };
    std::vector<std::uint8_t> out;
    bool is_high = true;
    for (char const c : hex) {
        if (c == ' ') {
            continue;
        }
        if (is_high) {
            out.push_back(static_cast<std::uint8_t>(value_of(c) << 4U));
        } else {
            out.back() = static_cast<std::uint8_t>(out.back() | value_of(c));
        }
        is_high = !is_high;
    }
    if (!is_high) {
        throw std::invalid_argument{"half a byte"};
    }
    return out;
}

/// A copy that can be compared with bytes(): spans have no ==.
inline std::vector<std::uint8_t> copy_of(std::span<std::uint8_t const> view) {
    return {view.begin(), view.end()};
}

} // namespace apdu
