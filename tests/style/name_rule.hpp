#pragma once

#include "tests/style/finding.hpp"
#include "tests/style/source_file.hpp"

namespace style {

/// Words that mean the thought is not finished, in the names of folders, files and types: utils,
/// helper, manager and the like.
[[nodiscard]] std::vector<Finding> check_names(SourceFile const& file);

/// The words of a name, in lower case: "CardInfo", "card_info" and "card-info.cpp" begin with
/// "card", "info".
[[nodiscard]] std::vector<std::string> words_of_name(std::string_view name);

} // namespace style
