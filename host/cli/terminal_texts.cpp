#include "host/cli/terminal_texts.hpp"

#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include <algorithm>

namespace cli {

std::string terminal_text(std::span<api::TerminalWord const> words, std::string const& word) {
    auto const found = std::find_if(words.begin(), words.end(),
                                    [&word](auto const& known) { return known.word == word; });
    return found == words.end() ? printable(word) : tr(found->text);
}

std::string terminal_counts_text(api::TerminalCount const& row) {
    bool const is_link = row.of.starts_with("link_");
    std::span<std::string_view const> const names =
        is_link ? std::span<std::string_view const>{api::terminal_link_counts}
                : api::terminal_slot_counts;
    std::string text;
    for (std::size_t i = 0; i < row.counts.size(); ++i) {
        std::string const count = std::to_string(row.counts[i]);
        text += text.empty() ? "" : tr(", ");
        text += i < names.size() ? tr_with("{1} {2}", {tr(names[i]), count}) : count;
    }
    return text;
}

} // namespace cli
