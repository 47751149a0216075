#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// Columns that UTF-8 text takes on a terminal: a Chinese character takes two. Bytes that are no
/// UTF-8 take one each.
[[nodiscard]] std::size_t display_width(std::string_view text);

/// `text` with spaces up to `width` columns.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// `text` with everything that a terminal would obey (control characters) shown as "?": a card's
/// text is not trusted.
[[nodiscard]] std::string printable(std::string_view text);

/// `text` in lines of at most `width` columns, broken at spaces, and between Chinese characters. A
/// word that is longer than a line has one of its own.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// Rows of cells, printed in columns that are as wide as their widest cell, two spaces apart.
class Table {
public:
    /// Adds a row; rows may have different numbers of cells.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    [[nodiscard]] bool is_empty() const { return rows_.empty(); }

    /// Prints every row on a line of its own, `indent` spaces in, without spaces at its end. With a
    /// `width`, a last cell that would go beyond it goes on below itself.
    void print(std::ostream& out, std::size_t indent = 0, std::size_t width = 0) const;

private:
    std::vector<std::vector<std::string>> rows_{};
};

} // namespace cli
