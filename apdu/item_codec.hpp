#pragma once

#include "apdu/card_layout.hpp"
#include "apdu/result.hpp"
#include "apdu/text_profile.hpp"

#include <span>
#include <string_view>

namespace apdu {

/// Bytes of UTF-8 text that the longest item may decode to.
inline constexpr std::size_t item_text_size_max = 768;

/// The value of a simple item (not constructed) from text, padded to the item's size. Text is: a
/// date "YYYY-MM-DD" or "YYYYMMDD"; a date_time "YYYY-MM-DDThh:mm:ss" or 14 digits; cn digits; hex
/// for opaque and a card id; a decimal for b; a code of the code table; "1.00", "2.00" or "3.00";
/// else UTF-8. An empty text gives the unpersonalized form. An id_number that starts with a capital
/// is a number assigned to a person without an ID number (card.md §1.5, 08): capitals and digits,
/// not checked further. Errors: too_long, too_short (digits or hex that must fill the item),
/// not_digits, impossible_date, not_in_code_table, wrong_check_digit (ID number, card number),
/// not_encodable (a character that `profile` or the format lacks, or a control character),
/// bad_encoding (not UTF-8), malformed (hex, date form, card id, card number); `out` is then
/// untouched. require: `out` has the item's size; the item is not constructed.
[[nodiscard]] Result<Done> encode_item(Item const& item, std::string_view text, TextProfile profile,
                                       ByteSpan out);

/// The text of a simple item's value, which may be shorter or longer than the item: dates as
/// "YYYY-MM-DD", padding cut off (text ends at its first 00); an unpersonalized value gives "", but
/// a number gives "0". Returns bytes written. A value outside its code table or calendar is told as
/// it stands (digits or text): reading never refuses what another program wrote. Errors:
/// bad_encoding, not_digits (cn nibbles A…E, or F before a digit), buffer_too_small, too_long (a
/// value over 255 bytes, a number over 8). require: the item is not constructed.
[[nodiscard]] Result<std::size_t> decode_item(Item const& item, ByteView value,
                                              std::span<char> out);

/// Writes the value that an item has before personalization: cn all F, text and binary 00, a
/// constructed item with its parts so. `out` has the item's size. card.md §1.5; cos-t514.md §1.
void unpersonalized_value(Item const& item, ByteSpan out);

/// Name of a code in both languages, or empty views. card.md §1.12.
struct CodeMeaning {
    std::string_view en;
    std::string_view zh;
};
[[nodiscard]] CodeMeaning code_meaning(CodeTable table, std::string_view code);

/// True when `table` has that code.
[[nodiscard]] bool has_code(CodeTable table, std::string_view code);

} // namespace apdu
