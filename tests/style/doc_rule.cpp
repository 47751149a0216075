#include "tests/style/doc_rule.hpp"

#include "tests/style/declaration.hpp"

#include <cctype>
#include <set>

namespace style {
namespace {

std::string_view left_trimmed(std::string_view line) {
    std::size_t const first = line.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{} : line.substr(first);
}

bool ends_in_word(std::string_view text, std::string_view word) {
    return text.size() > word.size() && text.ends_with(word) &&
           !is_word(text[text.size() - word.size() - 1]);
}

bool is_operator_or_special(Declaration const& declaration) {
    std::string const& name = declaration.name;
    return declaration.head.find("operator") != std::string_view::npos || name.empty() ||
           name[0] == '~' || std::isupper(static_cast<unsigned char>(name[0])) != 0;
}

/// Plain from its type, or told where it was declared first.
bool needs_no_comment(Declaration const& declaration) {
    if (declaration.kind == DeclarationKind::other || !declaration.is_public) {
        return true;
    }
    if (declaration.kind == DeclarationKind::type) {
        return false;
    }
    constexpr std::size_t plain_lines_max = 3; // head, one statement, brace
    bool const is_plain_member = declaration.is_member && declaration.has_body &&
                                 declaration.last_line - declaration.first_line < plain_lines_max;
    return is_plain_member ||
           declaration.head.find("::" + declaration.name + "(") != std::string_view::npos ||
           is_operator_or_special(declaration) || ends_in_word(declaration.head, "override") ||
           ends_in_word(declaration.head, "final");
}

bool is_doc_comment(std::string_view line) { return left_trimmed(line).starts_with("///"); }

} // namespace

std::vector<Finding> check_doc_comments(SourceFile const& file) {
    std::vector<Finding> findings;
    if (!file.is_header() || file.is_in("tests")) {
        return findings;
    }
    auto const lines = lines_of(file.text);
    std::set<std::size_t> last_lines_told; // of declarations that a comment covers
    for (Declaration const& declaration : declarations_of(file)) {
        std::size_t const above = declaration.first_line - 1; // its number, from 1
        bool const is_told =
            above > 0 && (is_doc_comment(lines[above - 1]) || last_lines_told.contains(above));
        bool const is_told_beside =
            lines[declaration.last_line - 1].find("///<") != std::string_view::npos;
        if (is_told || is_told_beside) {
            last_lines_told.insert(declaration.last_line);
        } else if (!needs_no_comment(declaration)) {
            findings.push_back(
                {file.path, declaration.first_line, declaration.name + " has no doc comment"});
        }
    }
    return findings;
}

} // namespace style
