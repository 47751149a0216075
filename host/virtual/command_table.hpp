#pragma once

#include "host/virtual/card.hpp"

#include <span>

namespace virtual_card {

/// One command of the card.
struct CommandRow {
    std::uint8_t cla;
    apdu::Ins ins;
    std::optional<std::uint8_t> p1; ///< where P1 chooses between commands of one instruction
    DataFlow flow;
    Answer (*carry_out)(Card&, CardCommand const&);
};

/// All commands. card.md §4.1; cos-t514.md §3.
[[nodiscard]] std::span<CommandRow const> command_table();

/// The row of a command, or why there is none: 6D00 unknown instruction, 6E00 class not for it,
/// 6A86 no such P1.
struct CommandLookup {
    CommandRow const* row;
    apdu::StatusWord refusal;
};
[[nodiscard]] CommandLookup look_up(std::uint8_t cla, apdu::Ins ins, std::uint8_t p1);

} // namespace virtual_card
