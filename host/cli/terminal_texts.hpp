#pragma once

#include "host/api/terminal_messages.hpp"
#include "host/api/terminal_words.hpp"

#include <span>
#include <string>

namespace cli {

/// What the word says to people, in the language in use; the word itself where it is none of these.
[[nodiscard]] std::string terminal_text(std::span<api::TerminalWord const> words,
                                        std::string const& word);

/// The counts of a slot or link, each with its name.
[[nodiscard]] std::string terminal_counts_text(api::TerminalCount const& row);

} // namespace cli
