#pragma once

#include "apdu/bytes.hpp"

#include <string_view>

namespace keys {

/// Reads pairs of hex digits, capitals only, into `out`. False, with `out` undefined, when `text`
/// is anything else than exactly so many.
[[nodiscard]] bool read_hex(std::string_view text, apdu::ByteSpan out);

/// Writes `bytes` as pairs of hex digits, capitals. require: room for two characters a byte.
void write_hex(apdu::ByteView bytes, std::span<char> out);

} // namespace keys
