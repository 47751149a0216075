#pragma once

#include "tests/style/finding.hpp"
#include "tests/style/source_file.hpp"

namespace style {

/// Marks of unfinished work, tests that are switched off, and paths of somebody's machine, in any
/// file; copyright lines anywhere but in LICENSE.
[[nodiscard]] std::vector<Finding> check_words(SourceFile const& file);

/// expose() of a secret outside keys/ and tests/.
[[nodiscard]] std::vector<Finding> check_secrets(SourceFile const& file);

/// C++ that the house does not write: macros of our own, a header without `#pragma once`, `using
/// namespace` in a header.
[[nodiscard]] std::vector<Finding> check_cpp_habits(SourceFile const& file);

/// Times without a unit at the end of their name: `timeout = 500`.
[[nodiscard]] std::vector<Finding> check_units(SourceFile const& file);

} // namespace style
