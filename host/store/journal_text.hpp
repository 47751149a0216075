#pragma once

#include "host/store/beginning.hpp"
#include "host/store/line_chain.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace store {

// A journal is lines of a LineChain. The first holds the whole beginning; then comes a line for
// each command ahead and each milestone, and one that says so where a part could not be read and
// the journal was gone on with after its last good line.

/// The content of the first line.
[[nodiscard]] std::string line_content(Beginning const& beginning);

/// The content of a line about a command that is about to go to the card.
[[nodiscard]] std::string line_content(personalization::CommandAhead const& command);

/// The content of a line about a milestone; `reason` goes with voided.
[[nodiscard]] std::string line_content(personalization::Milestone milestone,
                                       std::string_view reason);

/// The content of the line after a part that could not be read.
inline constexpr std::string_view gap_content = "gap";

/// What a journal says, up to its last good line.
struct JournalText {
    Beginning beginning;
    personalization::Milestone reached = personalization::Milestone::begun;
    std::string reason{};      ///< of voided
    bool has_commands = false; ///< one at least went to the card, or nearly
    /// What comes after the good lines, or came before a gap, cannot be read. A milestone after a
    /// gap makes up for it.
    bool is_damaged = false;
    std::size_t good_size = 0; ///< bytes of the good lines
    LineChain chain{};         ///< goes on after the good lines

    /// The making is over: made or voided.
    [[nodiscard]] bool has_ended() const { return reached >= personalization::Milestone::made; }
};

/// The same journal with another beginning; what comes after the good lines is left out.
[[nodiscard]] std::string with_beginning(std::string_view text, Beginning const& beginning);

/// Reads a journal; nothing where not even its beginning can be read. A last line without its end
/// was not written to the end and counts as not written.
[[nodiscard]] std::optional<JournalText> parse_journal(std::string_view text);

} // namespace store
