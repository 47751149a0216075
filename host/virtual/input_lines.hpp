#pragma once

#include <string>
#include <vector>

namespace virtual_card {

/// Lines of a descriptor that somebody writes to, as far as they have come.
class InputLines {
public:
    /// -1: there is none.
    explicit InputLines(int descriptor) : descriptor_{descriptor} {}

    /// For poll(); -1 once it has ended.
    [[nodiscard]] int descriptor() const { return descriptor_; }

    /// Reads what is there, and gives the lines that are whole, without their ends. May wait.
    [[nodiscard]] std::vector<std::string> take();

    /// Reads what is there, characters as they came.
    [[nodiscard]] std::string take_characters();

private:
    int descriptor_;
    std::string open_{}; ///< a line without its end so far
};

} // namespace virtual_card
