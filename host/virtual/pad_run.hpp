#pragma once

#include "host/virtual/options.hpp"
#include "host/virtual/stop_event.hpp"

namespace virtual_card {

/// A PIN pad and display: contents as lines on stdout, keys from stdin, until `stop` or until the
/// terminal goes. @returns the program's exit status.
[[nodiscard]] int run_pad(PadOptions const& options, StopEvent const& stop);

} // namespace virtual_card
