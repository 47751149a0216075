#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <span>
#include <string_view>

namespace apdu {

/// Decimal digits as a `cn` value: two a byte, left-aligned, filled up with F nibbles. card.md
/// §1.4. Errors: not_digits, too_long (more than two a byte of `out`); `out` is then untouched.
[[nodiscard]] Result<Done> pack_digits(std::string_view digits, ByteSpan out);

/// The digits of a `cn` value without its F nibbles; returns how many. Errors: not_digits (a nibble
/// A…E, or F before a digit), buffer_too_small; `out` is then untouched.
[[nodiscard]] Result<std::size_t> unpack_digits(ByteView packed, std::span<char> out);

/// True when every character is one of 0…9; also for no character at all.
[[nodiscard]] bool is_all_digits(std::string_view text);

} // namespace apdu
