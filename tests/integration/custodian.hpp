#pragma once

#include <optional>
#include <string>
#include <vector>

namespace integration {

/// A custodian at a terminal: writes down what is shown, types it back, and confirms; `presses`
/// answers later, Ctrl-C.
class Custodian {
public:
    /// `sheet_size`: characters of what is shown, hex digits in groups of four.
    explicit Custodian(int presses = 1000, std::size_t sheet_size = 39)
        : left_{presses}, sheet_size_{sheet_size} {}

    std::optional<std::string> operator()(std::string const& shown) {
        if (left_-- == 0) {
            return std::nullopt;
        }
        if (auto const at = shown.find("\r\n    "); at != std::string::npos) {
            sheets.push_back(shown.substr(at + 6, sheet_size_));
        }
        if (shown.find("not shown") != std::string::npos) {
            return sheets.back();
        }
        if (auto const at = shown.find("Check value: "); at != std::string::npos) {
            check_values.push_back(shown.substr(at + 13, 6));
            return "";
        }
        if (shown.find("or Enter to type") != std::string::npos) {
            return check_values.back();
        }
        return shown.find("(yes/no)") == std::string::npos ? "" : "yes";
    }
    std::vector<std::string> sheets{};
    std::vector<std::string> check_values{};

private:
    int left_;
    std::size_t sheet_size_;
};

} // namespace integration
