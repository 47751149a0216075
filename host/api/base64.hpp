#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace api {

/// Bytes as base64 text with its padding, RFC 4648 §4: how messages carry them.
[[nodiscard]] std::string base64_text(std::span<std::uint8_t const> bytes);

/// The bytes of such text; nothing for any other text.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> bytes_of_base64(std::string_view text);

} // namespace api
