#pragma once

#include "host/virtual/card_memory.hpp"

#include <string_view>

namespace virtual_card {

/// A PIN as the card stores it: BCD without padding bytes, an F nibble behind an odd number of
/// digits; empty for an empty PIN (padding only, or no bytes). Nothing for what is no PIN: under 4
/// or over 12 digits, another nibble than 0…9 among them. card.md §4.4.
[[nodiscard]] std::optional<Bytes> stored_pin(apdu::ByteView padded);

/// The same from decimal digits; nothing for other characters or another number of them.
[[nodiscard]] std::optional<Bytes> stored_pin_from_digits(std::string_view digits);

} // namespace virtual_card
