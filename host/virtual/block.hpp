#pragma once

#include "host/virtual/card.hpp"

namespace virtual_card {

/// Why nothing may be done in `directory`: 6A81 the card is blocked, 9303 the directory or the
/// environment around it is. card.md §4.1.
[[nodiscard]] std::optional<apdu::StatusWord> block_of(CardMemory const& memory,
                                                       std::size_t directory);

/// Why a block lets the card not even look at `command`. SELECT alone may leave a blocked
/// directory.
[[nodiscard]] std::optional<apdu::StatusWord> refusal_by_block(Card const& card,
                                                               CardCommand const& command);

} // namespace virtual_card
