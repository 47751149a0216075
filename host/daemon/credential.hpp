#pragma once

#include "host/api/outcome.hpp"
#include "host/daemon/configuration.hpp"

#include "keys/sealed/sealing_secret.hpp"

namespace sscardd {

/// True where systemd is to give what opens the store.
[[nodiscard]] bool has_credential(KeySettings const& settings);

/// What opens the store from $CREDENTIALS_DIRECTORY: the 32 bytes of `credential`, or the
/// passphrase of `passphrase_credential`, without the line's end. Faults: credential_missing (not
/// configured, not given, or not to be read), credential_wrong (of the wrong size),
/// memory_not_locked.
[[nodiscard]] api::Outcome<keys::sealed::SealingSecret>
secret_of_credential(KeySettings const& settings);

} // namespace sscardd
