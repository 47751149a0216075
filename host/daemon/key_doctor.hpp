#pragma once

#include "host/daemon/key_store.hpp"

namespace sscardd {

/// Looks at the back end and at each key that a card of the office's kind needs, from bare chip to
/// reset PIN.
[[nodiscard]] api::KeyDiagnosis diagnose_keys(KeyStore const& keys, Configuration const& office);

} // namespace sscardd
