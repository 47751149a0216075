#pragma once

#include "keys/block_cipher.hpp"
#include "keys/card_identity.hpp"

namespace keys {

/// Whose value a master key is, and so how many dispersals lie between it and the card: ministry 3
/// (province, city, card), province 2, city 1. card.md §3.3–3.4.
enum class Tier : std::uint8_t { ministry, province, city };

using Factor = std::array<std::uint8_t, 8>;

/// Level 1: ASCII of the region's first two digits ‖ "0000sh". card.md §3.4.
[[nodiscard]] Factor province_factor(std::array<std::uint8_t, 3> const& region);

/// Level 2: ASCII of the region's six digits ‖ "sx"; in Zhejiang (33) the last two are "00".
/// card.md §3.4.
[[nodiscard]] Factor city_factor(std::array<std::uint8_t, 3> const& region);

/// One dispersal: the key below `key` for that factor, of the same kind. Errors: back_end_failed.
/// SM4 is ASSUMED to take f ‖ ~f as one block. card.md §3.4.
[[nodiscard]] CipherResult<CardKey> diversify(BlockCipher& cipher, CardKey const& key,
                                              std::span<std::uint8_t const, 8> factor);

/// The card's own key from a master key of that tier, over the one to three levels left. What lies
/// between is wiped. Errors: back_end_failed.
[[nodiscard]] CipherResult<CardKey> diversify_to_card(BlockCipher& cipher, CardKey const& master,
                                                      Tier tier, CardIdentity const& card);

} // namespace keys
