#pragma once

#include <span>
#include <string_view>

namespace cli {

/// What a problem's code means; `text` is a key of the translations.
struct ProblemText {
    std::string_view code;
    char const* text;
};

/// All codes that the daemon gives.
[[nodiscard]] std::span<ProblemText const> problem_texts();

/// The text of `code`, or nullptr.
[[nodiscard]] char const* find_problem_text(std::string_view code);

} // namespace cli
