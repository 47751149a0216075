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

} // namespace api
