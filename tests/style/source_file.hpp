#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace style {

/// A text file of the tree: its path from the top ("apdu/command.hpp") and what stands in it.
struct SourceFile {
    std::string path;
    std::string text;

    [[nodiscard]] bool is_header() const { return path.ends_with(".hpp"); }
    [[nodiscard]] bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
    /// True below that folder: is_in("keys") for "keys/openssl/mac.cpp".
    [[nodiscard]] bool is_in(std::string_view folder) const;
    /// "host/session" of "host/session/pin.cpp"; empty at the top.
    [[nodiscard]] std::string folder() const;
    /// "pin.cpp" of "host/session/pin.cpp".
    [[nodiscard]] std::string name() const;
};

/// Every text file below `top`, but what is built and git's own, ordered by path.
[[nodiscard]] std::vector<SourceFile> read_tree(std::filesystem::path const& top);

/// A letter, a digit or _.
[[nodiscard]] bool is_word(char c);

/// `text` without the blanks around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// The lines of `text` without their ends.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// The line, from 1, that `offset` of `text` stands on.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);

/// C++ text with comments, the inside of literals, and preprocessor lines blanked out; every other
/// character stays at its place.
[[nodiscard]] std::string code_only(std::string_view text);

} // namespace style
