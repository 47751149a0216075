#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace store {

/// Builds the content of a line: words, and values by name ("region=639900"), one blank between.
class FieldWriter {
public:
    explicit FieldWriter(std::string_view first_word) : text_{first_word} {}
    /// A word without blanks.
    FieldWriter& word(std::string_view word);
    /// Any text; what is not visible ASCII is written as %XX.
    FieldWriter& value(std::string_view name, std::string_view value);

    [[nodiscard]] std::string const& text() const { return text_; }

private:
    std::string text_;
};

/// Takes such a content apart from its start.
class FieldReader {
public:
    explicit FieldReader(std::string_view text) : rest_{text} {}
    /// The next word; empty at the end.
    std::string_view word();
    /// The value of the next word if it has that name; else nothing.
    std::optional<std::string> value(std::string_view name);
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
};

} // namespace store
