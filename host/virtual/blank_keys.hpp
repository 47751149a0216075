#pragma once

#include "host/virtual/card_making.hpp"

#include "keys/block_cipher.hpp"

#include "apdu/card_layout.hpp"

namespace virtual_card {

/// Gives each directory its keys and the SSSE its PIN. What is not at hand is told in
/// `missing_keys`.
void load_keys(MadeCard& card, CardPlan const& plan, apdu::CardLayout const& layout,
               keys::MasterKeySet const& masters, keys::BlockCipher& cipher);

/// The transport key, undiversified; nothing where it is not at hand.
[[nodiscard]] std::optional<Bytes> transport_key(keys::MasterKeySet const& masters,
                                                 keys::Algorithm algorithm);

} // namespace virtual_card
