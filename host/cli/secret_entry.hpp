#pragma once

#include "host/api/outcome.hpp"

#include <span>
#include <string>
#include <string_view>

namespace cli {

/// Reads the first line of what a file descriptor gives into `line`, byte by byte, so that a second
/// secret may follow on the next line; gives its size, without the line's end. A line that is
/// longer fills `line`. The caller wipes it. Fault: `fault_code` (not open, or nothing there).
[[nodiscard]] api::Outcome<std::size_t> read_secret_line(unsigned descriptor, std::span<char> line,
                                                         std::string_view fault_code);

/// The same, asked for at a terminal without showing what is typed; `terminal` is its path,
/// "/dev/tty". The terminal is set right again also when a signal ends the program. Fault:
/// `fault_code` (no terminal, or nothing typed).
[[nodiscard]] api::Outcome<std::size_t> ask_secret_line(std::string const& terminal,
                                                        std::string const& prompt,
                                                        std::span<char> line,
                                                        std::string_view fault_code);

/// Asks at a terminal for what all may see; an empty line is an answer. Fault: `fault_code` (no
/// terminal, its end, or more than a line).
[[nodiscard]] api::Outcome<std::string>
ask_line(std::string const& terminal, std::string const& prompt, std::string_view fault_code);

/// Shows text at a terminal and nowhere else; false: there is none.
[[nodiscard]] bool show_at_terminal(std::string const& terminal, std::string_view text);

} // namespace cli
