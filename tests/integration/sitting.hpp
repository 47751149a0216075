#pragma once

#include "tests/integration/process.hpp"

#include <functional>
#include <optional>

namespace integration {

/// A program that was run at a terminal: what it showed there, and how it ended.
struct Sitting {
    int status;
    std::string screen;
};

/// The person at it: given what came on the screen since the last answer, up to a prompt (": "),
/// gives the line to type; nothing: Ctrl-C.
using Person = std::function<std::optional<std::string>(std::string const& shown)>;

/// Runs a program with a terminal of its own for all that it reads and writes, /dev/tty too.
[[nodiscard]] Sitting sit(Arguments arguments, Person const& person,
                          std::vector<std::string> const& variables);

} // namespace integration
