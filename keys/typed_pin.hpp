#pragma once

#include "keys/pin.hpp"

namespace keys {

/// Digits as someone types them on a PIN pad; wiped when they are cleared and when they go. Any PIN
/// that a host may ask for, not those of social security cards only.
class TypedPin {
public:
    static constexpr std::size_t digits_max = 32;

    TypedPin() = default;
    TypedPin(TypedPin const&) = delete;
    TypedPin& operator=(TypedPin const&) = delete;
    ~TypedPin() { clear(); }

    /// False: there are digits_max already. require: 0…9.
    [[nodiscard]] bool add(std::uint8_t digit);
    /// Wipes all digits.
    void clear();
    [[nodiscard]] std::size_t size() const { return size_; }
    /// True when both are the same digits; in the same time wherever they differ.
    [[nodiscard]] bool is_same_as(TypedPin const& other) const;

    /// As a card's PIN. Errors: too_short, too_long.
    [[nodiscard]] apdu::Result<Pin> pin() const;
    /// The digits, 0…9 each; allowed in keys/ only.
    [[nodiscard]] apdu::ByteView expose() const { return apdu::ByteView{digits_}.first(size_); }

private:
    std::array<std::uint8_t, digits_max> digits_{};
    std::size_t size_ = 0;
};

} // namespace keys
