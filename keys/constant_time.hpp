#pragma once

#include "apdu/bytes.hpp"

namespace keys {

/// True when both have the same length and content; the time depends on the length alone. For MACs,
/// authentication data and secrets.
[[nodiscard]] bool equal_in_constant_time(apdu::ByteView left, apdu::ByteView right);

} // namespace keys
