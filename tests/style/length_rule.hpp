#pragma once

#include "tests/style/finding.hpp"
#include "tests/style/source_file.hpp"

namespace style {

inline constexpr std::size_t file_lines_max = 300;
inline constexpr std::size_t function_lines_max = 70;
inline constexpr std::size_t line_columns_max = 100;

/// Sources and headers longer than file_lines_max, functions longer than function_lines_max (from
/// their first line to the closing brace), and lines of C++, CMake and shell longer than
/// line_columns_max characters.
[[nodiscard]] std::vector<Finding> check_lengths(SourceFile const& file);

} // namespace style
