#pragma once

#include <string>
#include <string_view>

namespace store {

/// SHA-256 of a text, 64 hex digits: tells whether two texts are the same one.
[[nodiscard]] std::string digest_of(std::string_view text);

} // namespace store
