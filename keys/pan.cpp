#include "keys/pan.hpp"

#include <algorithm>

namespace keys {
namespace {

/// Digits that the PAN field always has.
constexpr std::size_t pan_field_digits = 12;

/// Sets the nibble at that place of a block of zeros.
void put_nibble(AesBlock& block, std::size_t place, unsigned value) {
    unsigned const shift = place % 2 == 0 ? 4U : 0U;
    block[place / 2] = static_cast<std::uint8_t>(block[place / 2] | (value << shift));
}

} // namespace

Pan::Pan(std::string_view digits) {
    std::size_t const whole = std::max(digits.size(), pan_field_digits);
    put_nibble(field_, 0, static_cast<unsigned>(whole - pan_field_digits));
    std::size_t place = 1 + whole - digits.size();
    for (char const digit : digits) {
        put_nibble(field_, place, static_cast<unsigned>(digit - '0'));
        ++place;
    }
}

apdu::Result<Pan> Pan::from_digits(std::string_view digits) {
    if (digits.empty()) {
        return apdu::Error::too_short;
    }
    if (digits.size() > pan_digits_max) {
        return apdu::Error::too_long;
    }
    auto const is_decimal = [](char digit) { return digit >= '0' && digit <= '9'; };
    if (!std::all_of(digits.begin(), digits.end(), is_decimal)) {
        return apdu::Error::not_digits;
    }
    return Pan{digits};
}

Pan card_pan(std::span<std::uint8_t const, 8> factor) {
    std::uint64_t number = 0;
    for (std::uint8_t const byte : factor) {
        number = (number << 8U) | byte;
    }
    std::array<char, pan_digits_max> digits{};
    for (std::size_t i = digits.size(); i > 0; --i) {
        digits[i - 1] = static_cast<char>('0' + number % 10);
        number /= 10;
    }
    return Pan::from_digits({digits.data(), digits.size()}).value();
}

} // namespace keys
