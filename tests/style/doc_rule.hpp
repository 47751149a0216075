#pragma once

#include "tests/style/finding.hpp"
#include "tests/style/source_file.hpp"

namespace style {

/// Public types and functions of the product's headers that no /// comment tells about. A comment
/// covers the declarations that follow it without an empty line between. What is plain from its
/// type needs none: constructors, destructors, operators, overrides, members of one statement;
/// and what was told where it was declared.
[[nodiscard]] std::vector<Finding> check_doc_comments(SourceFile const& file);

} // namespace style
