#pragma once

#include "keys/aes_key.hpp"

#include "apdu/result.hpp"

#include <string_view>

namespace keys {

inline constexpr std::size_t pan_digits_max = 19;

/// The number of the card that a PIN block is bound to (PAN), as ISO 9564-1 format 4 takes it.
class Pan {
public:
    /// 1…19 digits. Errors: too_short, too_long, not_digits.
    [[nodiscard]] static apdu::Result<Pan> from_digits(std::string_view digits);

    /// The plain text PAN field: how many digits there are above 12, the digits (at least 12, with
    /// zeros on the left), zeros. ISO 9564-1:2017, format 4.
    [[nodiscard]] AesBlock const& field() const { return field_; }

private:
    explicit Pan(std::string_view digits);
    AesBlock field_{};
};

/// The PAN of a social security card: T6…TD of its ATR (CardIdentity::factor()) as one number, its
/// last 19 decimal digits. ASSUMED: the card has no number of digits alone, and the terminal must
/// know it by the card itself.
[[nodiscard]] Pan card_pan(std::span<std::uint8_t const, 8> factor);

} // namespace keys
