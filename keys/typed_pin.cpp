#include "keys/typed_pin.hpp"

#include "keys/constant_time.hpp"
#include "keys/wiped_buffer.hpp"

namespace keys {

bool TypedPin::add(std::uint8_t digit) {
    apdu::require(digit <= 9);
    if (size_ == digits_max) {
        return false;
    }
    digits_[size_++] = digit;
    return true;
}

void TypedPin::clear() {
    wipe(digits_);
    size_ = 0;
}

bool TypedPin::is_same_as(TypedPin const& other) const {
    return size_ == other.size_ && equal_in_constant_time(digits_, other.digits_);
}

apdu::Result<Pin> TypedPin::pin() const {
    WipedBuffer<digits_max> text;
    for (std::size_t i = 0; i < size_; ++i) {
        text.expose()[i] = static_cast<std::uint8_t>('0' + digits_[i]);
    }
    return Pin::from_digits({reinterpret_cast<char const*>(text.expose().data()), size_});
}

} // namespace keys
