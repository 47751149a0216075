#pragma once

#include "apdu/bytes.hpp"

namespace apdu {

// Numbers of four bytes with the low byte first, as records in flash, headers of images and CCID
// have them.

/// Writes four bytes. require: there is room for them.
void put_32(std::uint32_t value, ByteSpan out);
/// Of the first four bytes. require: there are as many.
[[nodiscard]] std::uint32_t get_32(ByteView bytes);

} // namespace apdu
