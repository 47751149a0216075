#include "host/virtual/base64.hpp"

namespace virtual_card {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t group_size = 4;

/// The four characters of a group as 24 bits; `count` of them are no padding.
std::optional<std::uint32_t> bits_of(std::string_view group, std::size_t count) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < group_size; ++i) {
        auto const value = i < count ? alphabet.find(group[i]) : 0;
        if (value == std::string_view::npos) {
            return std::nullopt;
        }
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
    }
    return bits;
}

} // namespace

std::optional<Bytes> bytes_from_base64(std::string_view text) {
    if (text.size() % group_size != 0) {
        return std::nullopt;
    }
    Bytes bytes;
    for (std::size_t at = 0; at < text.size(); at += group_size) {
        std::string_view const group = text.substr(at, group_size);
        bool const is_last = at + group_size == text.size();
        std::size_t const padding = !is_last ? 0 : group.ends_with("==") ? 2 : group.ends_with('=');
        auto const bits = bits_of(group, group_size - padding);
        // Bits that padding leaves over are zero.
        if (!bits || (*bits & ((1U << (8U * padding)) - 1U)) != 0) {
            return std::nullopt;
        }
        for (std::size_t i = 0; i + padding < 3; ++i) {
            bytes.push_back(static_cast<std::uint8_t>(*bits >> (16U - 8U * i)));
        }
    }
    return bytes;
}

} // namespace virtual_card
