#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace api {

/// Bytes as base64 text with its padding, RFC 4648 §4: how messages carry them.
[[nodiscard]] std::string base64_text(std::span<std::uint8_t const> bytes);

} // namespace api
