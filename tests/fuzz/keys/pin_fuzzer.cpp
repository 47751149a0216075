#include "keys/pin.hpp"

#include <cstdlib>
#include <string>

namespace {

void require_same(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// The digits that a PIN's BCD form says.
std::string digits_of(keys::Pin const& pin) {
    std::string digits;
    for (std::uint8_t const byte : pin.expose()) {
        digits.push_back(static_cast<char>('0' + (byte >> 4U)));
        if ((byte & 0x0FU) != 0x0FU) {
            digits.push_back(static_cast<char>('0' + (byte & 0x0FU)));
        }
    }
    return digits;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const text{reinterpret_cast<char const*>(data), size};
    auto const pin = keys::Pin::from_digits(text);
    if (pin.ok()) {
        require_same(digits_of(pin.value()) == text);
    } else {
        bool const are_digits = text.find_first_not_of("0123456789") == std::string::npos;
        require_same(size < keys::pin_digits_min || size > keys::pin_digits_max || !are_digits);
    }
    return 0;
}
