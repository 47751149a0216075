#include "keys/hex_text.hpp"

namespace keys {
namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";

} // namespace

bool read_hex(std::string_view text, apdu::ByteSpan out) {
    if (text.size() != 2 * out.size()) {
        return false;
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        auto const high = hex_digits.find(text[2 * i]);
        auto const low = hex_digits.find(text[2 * i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return false;
        }
        out[i] = static_cast<std::uint8_t>((high << 4U) | low);
    }
    return true;
}

void write_hex(apdu::ByteView bytes, std::span<char> out) {
    apdu::require(2 * bytes.size() <= out.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[2 * i] = hex_digits[bytes[i] >> 4U];
        out[2 * i + 1] = hex_digits[bytes[i] & 0x0FU];
    }
}

} // namespace keys
