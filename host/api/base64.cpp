#include "host/api/base64.hpp"

#include <algorithm>
#include <string_view>

namespace api {

std::string base64_text(std::span<std::uint8_t const> bytes) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (; !bytes.empty(); bytes = bytes.subspan(std::min<std::size_t>(3, bytes.size()))) {
        std::uint32_t group = std::uint32_t{bytes[0]} << 16U;
        group |= bytes.size() > 1 ? std::uint32_t{bytes[1]} << 8U : 0U;
        group |= bytes.size() > 2 ? std::uint32_t{bytes[2]} : 0U;
        text += alphabet[group >> 18U];
        text += alphabet[(group >> 12U) & 0x3FU];
        text += bytes.size() > 1 ? alphabet[(group >> 6U) & 0x3FU] : '=';
        text += bytes.size() > 2 ? alphabet[group & 0x3FU] : '=';
    }
    return text;
}

std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (char const c : text.substr(0, text.find('='))) {
        auto const digit = digits.find(c);
        if (digit == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> count));
        }
    }
    // One spelling only: with its padding, and zeros in the bits that are left.
    return base64_text(bytes) == text ? std::optional{std::move(bytes)} : std::nullopt;
}

} // namespace api
