#pragma once

#include "tests/style/finding.hpp"
#include "tests/style/source_file.hpp"

#include <map>
#include <set>

namespace style {

/// Which folder may include what: include_table.txt, read.
struct IncludeTable {
    /// A library's name and its headers; "*" stands for the rest of the standard library.
    std::map<std::string, std::set<std::string>, std::less<>> libraries;
    /// A folder's or file's path and the folders and libraries that it may include.
    std::map<std::string, std::set<std::string>, std::less<>> rows;
    /// Lines that are neither, and words of rows that name nothing.
    std::vector<Finding> faults;
};

/// Reads the table's text; what is wrong with it is in `faults`. `path` names it in them.
[[nodiscard]] IncludeTable parse_include_table(std::string_view path, std::string_view text);

/// Each #include of a C++ file that its row does not allow, and each file without a row. Files
/// below tests/ are free.
[[nodiscard]] std::vector<Finding> check_includes(SourceFile const& file,
                                                  IncludeTable const& table);

} // namespace style
