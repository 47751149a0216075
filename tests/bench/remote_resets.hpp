#pragma once

#include "tests/bench/measurement.hpp"

namespace bench {

/// The time of a PIN reset's keys from a centre on the loopback: two windows at a time, each reset
/// an operation of its own over a kept connection, TLS and log included. `key_file` is a path.
[[nodiscard]] Measurement remote_resets(std::string const& key_file);

} // namespace bench
