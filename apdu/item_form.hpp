#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <span>
#include <string_view>

/// How dates, moments, numbers and bytes are written for people: what item_codec.hpp reads and
/// tells.
namespace apdu {

/// The digits of a date or a moment, ready to be packed.
struct DigitForm {
    char digits[14];
    std::size_t size;
    [[nodiscard]] std::string_view view() const { return {digits, size}; }
};

/// "YYYY-MM-DD" or "YYYYMMDD". Errors: malformed (another form), impossible_date.
[[nodiscard]] Result<DigitForm> read_date(std::string_view text);

/// "YYYY-MM-DDThh:mm:ss" or 14 digits. Errors: malformed (another form), impossible_date (also for
/// a time that no clock shows).
[[nodiscard]] Result<DigitForm> read_date_time(std::string_view text);

/// Digits as "YYYY-MM-DD" where they are a date, else as they stand; returns characters written.
/// Error: buffer_too_small.
[[nodiscard]] Result<std::size_t> tell_date(std::string_view digits, std::span<char> out);

/// Digits as "YYYY-MM-DDThh:mm:ss" where they are a moment, else as they stand; returns characters
/// written. Error: buffer_too_small.
[[nodiscard]] Result<std::size_t> tell_date_time(std::string_view digits, std::span<char> out);

/// A decimal as an unsigned number, most significant byte first, that fills `out`. Errors:
/// not_digits, too_long (does not fit); `out` is then untouched. require: `out` has at most 8
/// bytes.
[[nodiscard]] Result<Done> encode_number(std::string_view decimal, ByteSpan out);

/// The number in decimal; returns characters written. Errors: too_long (over 8 bytes),
/// buffer_too_small.
[[nodiscard]] Result<std::size_t> decode_number(ByteView value, std::span<char> out);

/// Pairs of hex digits; returns bytes written. Errors: malformed (an odd digit, or no hex digit),
/// too_long; `out` is then untouched.
[[nodiscard]] Result<std::size_t> read_hex(std::string_view hex, ByteSpan out);

/// Bytes given in hex, filled up with 00. Errors: as read_hex().
[[nodiscard]] Result<Done> encode_opaque(std::string_view hex, ByteSpan out);

/// Bytes as capital hex digits; returns characters written. Error: buffer_too_small.
[[nodiscard]] Result<std::size_t> write_hex(ByteView bytes, std::span<char> out);

} // namespace apdu
