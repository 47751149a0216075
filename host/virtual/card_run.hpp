#pragma once

#include "host/virtual/options.hpp"
#include "host/virtual/stop_event.hpp"

namespace virtual_card {

/// Makes the cards, or goes on with them from their state files, and keeps them in their readers
/// until `stop`. @returns the program's exit status.
[[nodiscard]] int run_cards(CardOptions const& options, StopEvent& stop);

} // namespace virtual_card
