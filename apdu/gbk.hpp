#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"
#include "apdu/text_profile.hpp"

#include <span>
#include <string_view>

namespace apdu {

/// UTF-8 to the card's bytes; returns bytes written. Tables are made from the C library's iconv
/// when the project is built (apdu/gbk_table_generator.cpp). Errors: bad_encoding (not UTF-8),
/// not_encodable (a character that `profile` lacks; see first_not_encodable()), buffer_too_small.
/// GBK is what iconv calls so, without the euro sign that it puts at 80.
[[nodiscard]] Result<std::size_t> utf8_to_card_text(std::string_view utf8, TextProfile profile,
                                                    ByteSpan out);

/// The card's bytes to UTF-8; reads GB 18030, of which GBK is a part. Padding is the caller's to
/// cut off. Errors: bad_encoding, buffer_too_small. A byte gives at most 2 bytes of UTF-8, as six
/// characters of GB 18030 do; else 3/2 bytes (rounded up).
[[nodiscard]] Result<std::size_t> card_text_to_utf8(ByteView bytes, std::span<char> out);

/// The first character of `utf8` that `profile` lacks, or an empty view; nothing is looked for
/// behind bytes that are not UTF-8.
[[nodiscard]] std::string_view first_not_encodable(std::string_view utf8, TextProfile profile);

} // namespace apdu
