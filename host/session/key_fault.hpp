#pragma once

#include "host/session/fault.hpp"

#include "keys/key_service.hpp"

namespace session {

/// The fault that a key service's refusal amounts to: key_missing, algorithm_refused,
/// key_held_back, one of psam_… or key_service_failed, the detail names the key, its algorithm and
/// version; terminal_pin_refused, without a word of why.
[[nodiscard]] Fault fault_of(keys::KeyFault const& fault);

/// key_missing, for a key that no service has.
[[nodiscard]] Fault key_missing(keys::Algorithm algorithm, keys::KeyReference key);

} // namespace session
