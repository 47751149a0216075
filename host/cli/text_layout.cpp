#include "host/cli/text_layout.hpp"

#include <algorithm>
#include <cwchar>

namespace cli {
namespace {

/// One character at the start of `text`, and how many bytes it has; 0xFFFD and 1 for a byte that is
/// no UTF-8.
struct Character {
    char32_t value;
    std::size_t size;
};

Character first_character(std::string_view text) {
    auto const lead = static_cast<unsigned char>(text[0]);
    std::size_t const size = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0x80) {
        return {lead, 1};
    }
    if (lead < 0xC2 || lead > 0xF4 || size > text.size()) {
        return {0xFFFD, 1};
    }
    char32_t value = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0U) != 0x80U) {
            return {0xFFFD, 1};
        }
        value = (value << 6U) | (next & 0x3FU);
    }
    return {value, size};
}

bool is_control(char32_t value) {
    return value < 0x20 || (value >= 0x7F && value < 0xA0) || value == 0x2028 || value == 0x2029 ||
           (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

/// What of `text` stays together in a line: a word with the spaces behind it, or one wide character
/// with the punctuation behind it, which may not begin a line.
std::string_view first_piece(std::string_view text) {
    constexpr std::string_view closing = "，。；：、）”！？";
    std::size_t size = 0;
    bool is_wide = false;
    while (size < text.size()) {
        Character const character = first_character(text.substr(size));
        std::string_view const bytes = text.substr(size, character.size);
        bool const is_closing = character.size > 1 && closing.find(bytes) != std::string_view::npos;
        if (size > 0 && text[size - 1] == ' ' && bytes != " ") {
            break;
        }
        bool const is_now_wide = wcwidth(static_cast<wchar_t>(character.value)) == 2;
        if (size > 0 && !is_closing && bytes != " " && (is_wide || is_now_wide)) {
            break;
        }
        is_wide = is_now_wide;
        size += character.size;
    }
    return text.substr(0, size);
}

} // namespace

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        Character const character = first_character(text);
        width +=
            static_cast<std::size_t>(std::max(wcwidth(static_cast<wchar_t>(character.value)), 0));
        text.remove_prefix(character.size);
    }
    return width;
}

std::string padded(std::string_view text, std::size_t width) {
    std::string result{text};
    std::size_t const taken = display_width(text);
    return result.append(width > taken ? width - taken : 0, ' ');
}

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        Character const character = first_character(text);
        if (is_control(character.value)) {
            result += '?';
        } else if (character.value == 0xFFFD && character.size == 1) {
            result += "\xEF\xBF\xBD";
        } else {
            result += text.substr(0, character.size);
        }
        text.remove_prefix(character.size);
    }
    return result;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
    std::vector<std::string> lines(1);
    while (!text.empty()) {
        std::string_view const piece = first_piece(text);
        text.remove_prefix(piece.size());
        std::string const word{piece.substr(0, piece.find_last_not_of(' ') + 1)};
        if (!lines.back().empty() && display_width(lines.back()) + display_width(word) > width) {
            lines.back().erase(lines.back().find_last_not_of(' ') + 1);
            lines.emplace_back();
        }
        lines.back() += piece;
    }
    lines.back().erase(lines.back().find_last_not_of(' ') + 1);
    return lines;
}

void Table::print(std::ostream& out, std::size_t indent, std::size_t width) const {
    std::vector<std::size_t> widths;
    for (auto const& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    for (auto const& row : rows_) {
        std::string line(indent, ' ');
        for (std::size_t i = 0; i + 1 < row.size(); ++i) {
            line += padded(row[i], widths[i] + 2);
        }
        std::size_t const start = display_width(line);
        std::string const last = row.empty() ? std::string{} : row.back();
        bool const is_wrapped = width > start;
        for (std::string const& part :
             is_wrapped ? wrapped(last, width - start) : std::vector{last}) {
            line += part;
            line.erase(line.find_last_not_of(' ') + 1);
            out << line << '\n';
            line.assign(start, ' ');
        }
    }
}

} // namespace cli
