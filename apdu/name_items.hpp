#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"
#include "apdu/text_profile.hpp"

#include <span>
#include <string_view>

namespace apdu {

/// Bytes of items 09 (name) and 4E (name extension). card.md §1.5.
inline constexpr std::size_t name_size = 0x1E;
inline constexpr std::size_t name_extension_size = 0x14;

/// A name as it is told to items 09 and 4E; both views borrow the whole name.
struct NameParts {
    std::string_view name;
    std::string_view extension;
};

/// Splits a name behind the last character that still fits item 09. Errors: bad_encoding (not
/// UTF-8), not_encodable (see first_not_encodable()), too_long (the rest does not fit item 4E).
[[nodiscard]] Result<NameParts> split_name(std::string_view name, TextProfile profile);

/// The whole name in UTF-8 from the values of items 09 and 4E, padding cut off; returns bytes
/// written. The bytes are joined before they are read as text, since other programs split them in
/// the middle of a character. A card without item 4E has an empty `extension`. Errors:
/// bad_encoding, too_long (a value is longer than its item), buffer_too_small.
[[nodiscard]] Result<std::size_t> join_name(ByteView name, ByteView extension, std::span<char> out);

} // namespace apdu
