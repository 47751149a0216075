#pragma once

#include "host/virtual/stop_event.hpp"

#include <filesystem>

namespace virtual_card {

/// `sscard-virtual pad …`
struct PadOptions {
    std::filesystem::path link{}; ///< where the terminal listens
};

/// The PIN pad and display of a terminal: what is shown goes to stdout, a line each time, and what
/// comes on stdin is pressed; until `stop`, or the end of stdin and the terminal's going. @returns
/// the program's exit status.
[[nodiscard]] int run_pad(PadOptions const& options, StopEvent const& stop);

} // namespace virtual_card
