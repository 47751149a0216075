#include "tests/style/name_rule.hpp"

#include "tests/style/declaration.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace style {
namespace {

constexpr std::array<std::string_view, 15> banned_words{
    "util",    "utils",    "utility", "helper",   "helpers",   "common",     "misc", "base",
    "manager", "managers", "handler", "handlers", "processor", "processors", "info"};

/// The first banned word of a name, or nothing.
std::string banned_word_of(std::string_view name) {
    for (std::string const& word : words_of_name(name)) {
        if (std::find(banned_words.begin(), banned_words.end(), word) != banned_words.end()) {
            return word;
        }
    }
    return {};
}

} // namespace

std::vector<std::string> words_of_name(std::string_view name) {
    std::vector<std::string> words(1);
    bool was_lower = false;
    for (char const c : name) {
        auto const byte = static_cast<unsigned char>(c);
        if (std::isalnum(byte) == 0) {
            words.emplace_back();
            was_lower = false;
            continue;
        }
        if (was_lower && std::isupper(byte) != 0) {
            words.emplace_back();
        }
        was_lower = std::isupper(byte) == 0;
        words.back() += static_cast<char>(std::tolower(byte));
    }
    std::erase(words, std::string{});
    return words;
}

std::vector<Finding> check_names(SourceFile const& file) {
    std::vector<Finding> findings;
    if (std::string const word = banned_word_of(file.path); !word.empty()) {
        findings.push_back({file.path, 0, "\"" + word + "\" says nothing about what the file is"});
    }
    if (!file.is_cpp()) {
        return findings;
    }
    for (Declaration const& declaration : declarations_of(file)) {
        if (declaration.kind != DeclarationKind::type) {
            continue;
        }
        if (std::string const word = banned_word_of(declaration.name); !word.empty()) {
            findings.push_back({file.path, declaration.first_line,
                                declaration.name + ": \"" + word + "\" says nothing"});
        }
    }
    return findings;
}

} // namespace style
