#include "tests/style/length_rule.hpp"

#include "tests/style/declaration.hpp"

#include <algorithm>

namespace style {
namespace {

/// Characters of UTF-8 text.
std::size_t columns_of(std::string_view line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; // not a continuation
    }));
}

bool has_limited_lines(SourceFile const& file) {
    return file.is_cpp() || file.name() == "CMakeLists.txt" || file.text.starts_with("#!");
}

} // namespace

std::vector<Finding> check_lengths(SourceFile const& file) {
    std::vector<Finding> findings;
    auto const lines = lines_of(file.text);
    if (has_limited_lines(file)) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (std::size_t const columns = columns_of(lines[i]); columns > line_columns_max) {
                findings.push_back({file.path, i + 1, std::to_string(columns) + " columns"});
            }
        }
    }
    if (!file.is_cpp()) {
        return findings;
    }
    if (lines.size() > file_lines_max) {
        findings.push_back({file.path, 0, std::to_string(lines.size()) + " lines"});
    }
    for (Declaration const& declaration : declarations_of(file)) {
        std::size_t const length = declaration.last_line - declaration.first_line + 1;
        if (declaration.kind == DeclarationKind::function && length > function_lines_max) {
            findings.push_back({file.path, declaration.first_line,
                                declaration.name + "() has " + std::to_string(length) + " lines"});
        }
    }
    return findings;
}

} // namespace style
