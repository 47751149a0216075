#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace style {

/// One breach of a house rule.
struct Finding {
    std::string path;
    std::size_t line; ///< from 1; 0 for the file as a whole
    std::string what;
};

/// All findings, "path:line: what", one a line: what a failed check prints.
[[nodiscard]] inline std::string to_text(std::vector<Finding> const& findings) {
    std::string text;
    for (Finding const& finding : findings) {
        text += finding.path + ":" + std::to_string(finding.line) + ": " + finding.what + "\n";
    }
    return text;
}

} // namespace style
