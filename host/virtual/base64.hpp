#pragma once

#include "host/virtual/card_memory.hpp"

#include <string_view>

namespace virtual_card {

/// The bytes of padded base64 text without line breaks, or nothing. RFC 4648 §4.
[[nodiscard]] std::optional<Bytes> bytes_from_base64(std::string_view text);

} // namespace virtual_card
