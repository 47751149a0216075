#pragma once

#include "host/virtual/card_making.hpp"

#include "keys/block_cipher.hpp"

namespace virtual_card {

/// Writes what the structure stage knows into SSSE/EF05: card id (record 1), version (3) and
/// initialising body (4). False when the SSSE has no IRK to make the card id with. card.md §1.5,
/// §2.1.
[[nodiscard]] bool write_issuer_items(StoredDirectory& ssse, CardPlan const& plan,
                                      keys::BlockCipher& cipher);

} // namespace virtual_card
