#pragma once

#include "apdu/card_layout.hpp"
#include "apdu/result.hpp"
#include "apdu/text_profile.hpp"

#include <span>
#include <string_view>

namespace apdu {

/// Bytes of UTF-8 text that the longest item may decode to.
inline constexpr std::size_t item_text_size_max = 768;

/// The value of a simple item (not constructed) from text, padded to the item's size; `out` has
/// that size. Text is: a date "YYYY-MM-DD" or "YYYYMMDD"; a date_time "YYYY-MM-DDThh:mm:ss" or 14
/// digits; cn digits; hex for opaque; a decimal for b; a code of the code table; else UTF-8. An
/// empty text gives the unpersonalized form. Errors: too_long, too_short (digits that must fill the
/// item), not_digits, impossible_date, not_in_code_table, wrong_check_digit (ID number, card
/// number), not_encodable, bad_encoding, malformed (hex, date form).
[[nodiscard]] Result<Done> encode_item(Item const& item, std::string_view text, TextProfile profile,
                                       ByteSpan out);

/// The text of a simple item's value: dates as "YYYY-MM-DD", padding cut off; an unpersonalized
/// value gives "". Returns bytes written. A value outside its code table or calendar is told as it
/// stands (digits or text): reading never refuses what another program wrote. Errors: bad_encoding,
/// not_digits (cn nibbles A…E), buffer_too_small.
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
