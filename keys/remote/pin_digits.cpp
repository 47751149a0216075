#include "keys/remote/pin_digits.hpp"

#include "apdu/require.hpp"

namespace keys::remote {

WipedText digits_of(Pin const& pin) {
    std::string digits;
    for (unsigned const byte : pin.expose()) { // packed, filled up with F
        for (unsigned const nibble : {byte >> 4U, byte & 0x0FU}) {
            if (nibble <= 9) {
                digits.push_back(static_cast<char>('0' + nibble)); // 12 at most: never on the heap
            }
        }
    }
    WipedText text{digits};
    wipe({reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    return text;
}

Pin copy_of(Pin const& pin) {
    auto copy = Pin::from_digits(digits_of(pin).content());
    apdu::require(copy.ok());
    return std::move(copy).value();
}

} // namespace keys::remote
