#pragma once

#include "host/session/fault.hpp"

#include "apdu/bytes.hpp"

#include <functional>

namespace session {

/// Where a session takes the numbers from that a card must not know beforehand; fills all of the
/// span. False: there are none.
using RandomSource = std::function<bool(apdu::ByteSpan)>;

/// The kernel's random numbers.
[[nodiscard]] bool system_random(apdu::ByteSpan out);

} // namespace session
