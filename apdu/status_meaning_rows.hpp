#pragma once

#include "apdu/status_meaning.hpp"

#include <optional>
#include <span>

namespace apdu {

/// What a command is about, where the same status word means different things.
enum class Subject : std::uint8_t {
    any,               ///< every other command, and the rows that hold for all
    pin,               ///< VERIFY, CHANGE PIN
    pin_reset,         ///< PIN CHANGE/UNBLOCK
    terminal_proof,    ///< EXTERNAL AUTHENTICATE: the terminal proves that it holds a key
    card_proof,        ///< INTERNAL AUTHENTICATE: the card proves that it holds a key
    selection,         ///< SELECT
    reading,           ///< READ RECORD, READ BINARY
    writing,           ///< UPDATE RECORD, UPDATE BINARY
    block,             ///< CARD BLOCK, APPLICATION BLOCK
    key_loading,       ///< the card operating system's WRITE KEY
    structure_changing ///< the card operating system's CREATE, END STAGE, VERIFY TRANSPORT KEY,
                       ///< DELETE
};

/// One row of the tables: a status word, the command's subject and what to say.
struct StatusRow {
    StatusWord status;
    Subject subject;
    StatusMeaning meaning;
};

/// One row of the last resort: what SW1 alone says. ISO/IEC 7816-4:2020 §5.6.
struct StatusClassRow {
    std::uint8_t sw1;
    StatusMeaning meaning;
};

/// The subject of a command.
[[nodiscard]] Subject subject_of(Ins ins);

/// Meanings that hold whatever the command was: all of card.md §4.2. Static lifetime.
[[nodiscard]] std::span<StatusRow const> status_rows();

/// Meanings for one subject only; they go before status_rows(). Static lifetime.
[[nodiscard]] std::span<StatusRow const> status_rows_by_subject();

/// Meanings by SW1 alone. Static lifetime.
[[nodiscard]] std::span<StatusClassRow const> status_class_rows();

/// The meaning of 63Cx for that subject: how many tries are left. Static lifetime.
[[nodiscard]] StatusMeaning tries_left_meaning(Subject subject, std::uint8_t tries_left);

} // namespace apdu
