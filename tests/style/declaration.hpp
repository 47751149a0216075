#pragma once

#include "tests/style/source_file.hpp"

#include <cstdint>

namespace style {

enum class DeclarationKind : std::uint8_t { function, type, other };

/// Something that a C++ file declares in a namespace or in a class; not what stands in a body.
struct Declaration {
    DeclarationKind kind;
    std::string name; ///< "with_data", "Command"; empty where none was made out
    std::string head; ///< its text up to the body or the semicolon, without comments
    std::size_t first_line;
    std::size_t last_line; ///< of the body where there is one
    bool has_body;
    bool is_member;
    bool is_public; ///< neither private or protected nor in an unnamed namespace
};

/// Every declaration of C++ text, in order. Made for the project's own formatted code: it knows no
/// templates of operators, no K&R, no macros that open a scope.
[[nodiscard]] std::vector<Declaration> declarations_of(SourceFile const& file);

} // namespace style
