#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace personalization {

/// The bytes of base64 text, RFC 4648 §4: with its padding, without line breaks, unused bits zero.
/// Nothing for any other text.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> base64_bytes(std::string_view text);

} // namespace personalization
