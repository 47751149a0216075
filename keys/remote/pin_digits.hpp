#pragma once

#include "keys/remote/wiped.hpp"

#include "keys/pin.hpp"

namespace keys::remote {

/// The PIN's digits, as it was typed.
[[nodiscard]] WipedText digits_of(Pin const& pin);

/// The same PIN once more, for a message that owns what it says.
[[nodiscard]] Pin copy_of(Pin const& pin);

} // namespace keys::remote
