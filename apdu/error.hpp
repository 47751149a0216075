#pragma once

#include <cstdint>

namespace apdu {

/// Why bytes or text could not be read, written or exchanged. What each means for one function is
/// said there.
enum class Error : std::uint8_t {
    truncated,         ///< ends before the structure does
    trailing_bytes,    ///< goes on after the structure's end
    too_long,          ///< longer than the structure or field allows
    too_short,         ///< shorter than the structure or field allows
    buffer_too_small,  ///< the caller's buffer cannot hold the result; it is untouched
    malformed,         ///< breaks the structure's own rules
    not_found,         ///< the thing asked for is not there
    not_digits,        ///< something else than the decimal digits that the format allows
    impossible_date,   ///< no such day in the calendar
    not_in_code_table, ///< no such code in the field's code table
    wrong_check_digit, ///< the check character does not fit the others
    not_encodable,     ///< a character that the card's character set lacks
    bad_encoding,      ///< bytes that are no text in the expected encoding
    parity,            ///< a character arrived with wrong parity
    timed_out,         ///< no answer in time
    card_absent,       ///< no card in the reader
    card_removed,      ///< the card was taken out, or reset by another program
    card_mute,         ///< the card does not answer, or not to a reset
    reader_gone,       ///< the reader was unplugged or is unknown
    service_gone,      ///< the PC/SC service does not answer
    sharing_violation, ///< another program holds the card
    too_many_rounds,   ///< the peer prolongs an exchange beyond its bound
};

} // namespace apdu
