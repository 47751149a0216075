#pragma once

#include "host/personalization/item_problem.hpp"

namespace personalization {

/// True for a character that looks like the dot of card names, · (U+00B7), and is another.
[[nodiscard]] bool is_look_alike_dot(std::string_view character);

/// What a person who typed such a look-alike is told.
inline constexpr std::string_view dot_hint = "names on cards use · (U+00B7)";

/// What is wrong with a holder's whole name, which two items of the card carry: not_encodable (with
/// a hint for a look-alike dot), too_long. `item` is the first of the two.
[[nodiscard]] Problems name_problems(std::string const& where, std::string_view name,
                                     apdu::Item const& item, apdu::TextProfile profile);

/// A warning for each look-alike dot that the card could carry all the same.
[[nodiscard]] Problems dot_warnings(std::string const& where, std::string_view name);

} // namespace personalization
