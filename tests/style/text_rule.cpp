#include "tests/style/text_rule.hpp"

#include <array>
#include <regex>

namespace style {
namespace {

struct Pattern {
    std::regex found;
    std::string what;
};

using Findings = std::vector<Finding>;

void find_in_lines(std::string_view text, std::string const& path, Pattern const& pattern,
                   Findings& findings) {
    std::size_t number = 0;
    for (std::string_view const line : lines_of(text)) {
        ++number;
        if (std::regex_search(line.begin(), line.end(), pattern.found)) {
            findings.push_back({path, number, pattern.what});
        }
    }
}

// Written in two parts so that this file does not find itself.
std::array<Pattern, 3> const& word_patterns() {
    static std::array<Pattern, 3> const patterns{
        Pattern{std::regex{"\\b(TO"
                           "DO|FIX"
                           "ME|XX"
                           "X|HA"
                           "CK)\\b|not[ _]yet[ _]implemented|"
                           "NotImpl"
                           "emented|not impl"
                           "emented"},
                "a mark of unfinished work"},
        Pattern{std::regex{"GTEST_S"
                           "KIP|\\bDISAB"
                           "LED_[A-Z]"},
                "a test that is switched off"},
        Pattern{std::regex{"/ho"
                           "me/[a-z]|/ro"
                           "ot/|/Us"
                           "ers/|/wo"
                           "rk/|/tmp/bu"
                           "ild|/tmp/br"
                           "ief"},
                "a path of somebody's machine"},
    };
    return patterns;
}

} // namespace

Findings check_words(SourceFile const& file) {
    Findings findings;
    for (Pattern const& pattern : word_patterns()) {
        find_in_lines(file.text, file.path, pattern, findings);
    }
    if (file.path != "LICENSE") {
        static Pattern const copyright{std::regex{"[Cc]opyright (\\([cC]\\)|©|[12][0-9]{3})"},
                                       "a copyright line; LICENSE speaks for the whole tree"};
        find_in_lines(file.text, file.path, copyright, findings);
    }
    return findings;
}

Findings check_secrets(SourceFile const& file) {
    static Pattern const exposing{std::regex{"(\\.|->)\\s*expose\\s*\\("},
                                  "a secret is read outside keys/"};
    Findings findings;
    if (file.is_cpp() && !file.is_in("keys") && !file.is_in("tests")) {
        find_in_lines(code_only(file.text), file.path, exposing, findings);
    }
    return findings;
}

Findings check_cpp_habits(SourceFile const& file) {
    static Pattern const macro{std::regex{"^\\s*#\\s*define\\b"}, "a macro of our own"};
    static Pattern const using_namespace{std::regex{"^\\s*using\\s+namespace\\b"},
                                         "using namespace in a header"};
    Findings findings;
    if (!file.is_cpp()) {
        return findings;
    }
    find_in_lines(file.text, file.path, macro, findings);
    if (file.is_header()) {
        find_in_lines(code_only(file.text), file.path, using_namespace, findings);
        if (!file.text.starts_with("#pragma once\n")) {
            findings.push_back({file.path, 1, "a header starts with #pragma once"});
        }
    }
    return findings;
}

Findings check_units(SourceFile const& file) {
    static Pattern const no_unit{
        std::regex{"\\b(int|long|unsigned|auto|size_t|u?int[0-9]+_t)\\s+(const\\s+)?"
                   "(?![a-z_]*_(ns|us|ms|s|etu|hz|tenths)\\b)"
                   "([a-z]+_)*(timeout|delay|interval|wait)(_[a-z]+)*\\s*(=|\\{)\\s*[0-9]"},
        "a time without a unit in its name"};
    Findings findings;
    if (file.is_cpp()) {
        find_in_lines(code_only(file.text), file.path, no_unit, findings);
    }
    return findings;
}

} // namespace style
