#pragma once

#include "tests/bench/measurement.hpp"

#include "keys/master_key.hpp"

namespace bench {

/// The cryptography of a PIN reset, from master keys in memory, over the bare OpenSSL operations
/// that it needs: the same keys set and blocks encrypted.
[[nodiscard]] Measurement software_resets(keys::MasterKeySet masters, keys::Algorithm algorithm,
                                          std::string name);

} // namespace bench
