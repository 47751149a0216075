#pragma once

#include "host/virtual/card.hpp"

namespace virtual_card {

/// The FCI (6F …) that the card's FCI records hold for a directory: in its own FCI file, else in
/// that of the directory above. Empty where nobody has written one.
[[nodiscard]] Bytes fci_of(CardMemory const& memory, std::size_t directory);

/// The elementary file that an SFI means: of the current directory, or DIR in one above.
[[nodiscard]] std::optional<FileIndex> file_of_sfi(Card const& card, std::uint8_t sfi);

/// The file that a command with that SFI works on (0: the current EF); an SFI makes it the current
/// one. Refusals: 6A82 no such file, 6986 no current EF.
[[nodiscard]] apdu::Result<FileIndex, apdu::StatusWord> choose_file(Card& card, std::uint8_t sfi);

} // namespace virtual_card
