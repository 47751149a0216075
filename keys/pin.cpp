#include "keys/pin.hpp"

#include <algorithm>
#include <array>

namespace keys {
namespace {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

} // namespace

apdu::Result<Pin> Pin::from_digits(std::string_view digits) {
    if (digits.size() < pin_digits_min) {
        return apdu::Error::too_short;
    }
    if (digits.size() > pin_digits_max) {
        return apdu::Error::too_long;
    }
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
        return apdu::Error::not_digits;
    }
    std::array<std::uint8_t, pin_size_max> bytes{};
    bytes.fill(0xFF);
    for (std::size_t i = 0; i < digits.size(); ++i) {
        auto const value = static_cast<unsigned>(digits[i] - '0');
        unsigned const other = bytes[i / 2];
        bool const is_high = i % 2 == 0;
        bytes[i / 2] =
            static_cast<std::uint8_t>(is_high ? (value << 4U) | 0x0FU : (other & 0xF0U) | value);
    }
    Pin pin{SecretBytes<pin_size_max>{bytes}, (digits.size() + 1) / 2};
    wipe(bytes);
    return pin;
}

} // namespace keys
