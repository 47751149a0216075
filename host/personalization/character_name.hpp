#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace personalization {

/// The characters of UTF-8 text, one after the other; a byte that is part of none stands alone.
/// Borrows.
[[nodiscard]] std::vector<std::string_view> characters_of(std::string_view text);

/// True for a control character of ASCII.
[[nodiscard]] bool is_control_character(std::string_view character);

/// A character for a message: "· (U+00B7)"; a control character without itself; a byte that is no
/// character as "byte 80".
[[nodiscard]] std::string named_character(std::string_view character);

} // namespace personalization
