#pragma once

#include "apdu/bytes.hpp"

#include <string>
#include <string_view>

namespace keys::custody {

/// Reads hex digits as people type them: either case, with blanks and hyphens between them. False,
/// with `out` undefined, when there are more or fewer than `out` has room for, or anything else.
[[nodiscard]] bool read_typed_hex(std::string_view text, apdu::ByteSpan out);

/// Bytes for people to write down: "0123 4567 89AB". The caller wipes it where they are secret.
[[nodiscard]] std::string grouped_hex(apdu::ByteView bytes);

} // namespace keys::custody
