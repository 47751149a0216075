#include "host/personalization/base64.hpp"

namespace personalization {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Padding characters at the end: 0, 1 or 2.
std::size_t padding_size(std::string_view text) {
    if (text.empty() || text.back() != '=') {
        return 0;
    }
    return text[text.size() - 2] == '=' ? 2 : 1;
}

} // namespace

std::optional<std::vector<std::uint8_t>> base64_bytes(std::string_view text) {
    if (text.size() % 4 != 0) {
        return std::nullopt;
    }
    std::string_view const body = text.substr(0, text.size() - padding_size(text));
    std::vector<std::uint8_t> bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    unsigned bit_count = 0;
    for (char const character : body) {
        std::size_t const value = alphabet.find(character);
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> bit_count));
            bits &= (1U << bit_count) - 1U;
        }
    }
    if (bits != 0) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace personalization
