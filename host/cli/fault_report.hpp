#pragma once

#include "host/cli/exit_code.hpp"

#include "host/api/fault.hpp"

#include <ostream>
#include <string>
#include <vector>

namespace cli {

/// "2 tries left", "1 try left", "no try left".
[[nodiscard]] std::string tries_text(unsigned tries);

/// What a problem's code means, in the language in use; the code itself where it is unknown.
[[nodiscard]] std::string problem_text(std::string const& code);

/// Prints one line for each problem: where, what, and its detail.
void print_problems(std::ostream& out, std::vector<api::Problem> const& problems);

/// Tells a person what happened, why, and what to do next, with all that is known besides.
void print_fault(std::ostream& out, api::Fault const& fault);

} // namespace cli
