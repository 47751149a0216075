#include "host/virtual/pin_value.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t digits_min = 4;
constexpr std::size_t digits_max = 12;
constexpr std::uint8_t padding = 0x0F;

} // namespace

std::optional<Bytes> stored_pin(apdu::ByteView padded) {
    std::vector<std::uint8_t> nibbles;
    for (std::uint8_t const byte : padded) {
        nibbles.push_back(byte >> 4U);
        nibbles.push_back(byte & 0x0FU);
    }
    while (!nibbles.empty() && nibbles.back() == padding) {
        nibbles.pop_back();
    }
    if (nibbles.empty()) {
        return Bytes{};
    }
    if (nibbles.size() < digits_min || nibbles.size() > digits_max) {
        return std::nullopt;
    }
    for (std::uint8_t const nibble : nibbles) {
        if (nibble > 9) {
            return std::nullopt;
        }
    }
    if (nibbles.size() % 2 != 0) {
        nibbles.push_back(padding);
    }
    Bytes bytes(nibbles.size() / 2);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>((nibbles[2 * i] << 4U) | nibbles[2 * i + 1]);
    }
    return bytes;
}

std::optional<Bytes> stored_pin_from_digits(std::string_view digits) {
    Bytes bytes((digits.size() + 1) / 2, 0xFF);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (digits[i] < '0' || digits[i] > '9') {
            return std::nullopt;
        }
        auto const digit = static_cast<std::uint8_t>(digits[i] - '0');
        bytes[i / 2] = i % 2 == 0 ? static_cast<std::uint8_t>((digit << 4U) | padding)
                                  : static_cast<std::uint8_t>((bytes[i / 2] & 0xF0U) | digit);
    }
    return digits.empty() ? std::nullopt : stored_pin(bytes);
}

} // namespace virtual_card
