#pragma once

#include "host/api/outcome.hpp"
#include "host/api/pin_text.hpp"

#include <string>

namespace cli {

/// The first line of what a file descriptor gives, read byte by byte, so that a second PIN may
/// follow on the next line. Fault: pin_not_given (not open, or nothing there).
[[nodiscard]] api::Outcome<api::PinText> pin_from_descriptor(unsigned descriptor);

/// Asks at a terminal without showing what is typed; `terminal` is its path, "/dev/tty". The
/// terminal is set right again also when a signal ends the program. Fault: pin_not_given (no
/// terminal, or nothing typed).
[[nodiscard]] api::Outcome<api::PinText> ask_pin(std::string const& terminal,
                                                 std::string const& prompt);

/// Asks twice. Faults: as above; pins_differ.
[[nodiscard]] api::Outcome<api::PinText> ask_new_pin(std::string const& terminal,
                                                     std::string const& prompt,
                                                     std::string const& prompt_again);

} // namespace cli
