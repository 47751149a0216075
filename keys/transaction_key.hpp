#pragma once

#include "keys/block_cipher.hpp"

namespace keys {

/// The key of a medical transaction's TAC: left XOR right half of DTK as a DES key on a 3DES card,
/// DTK itself on an SM4 card. The TAC is mac() by it, without a command header. card.md §3.5.
[[nodiscard]] CardKey tac_key(CardKey const& dtk);

/// The session key of a purchase (SESPK): DPK over the card's pseudo-random number, the card's
/// purchase sequence and the terminal's, of which the right two bytes are ASSUMED as 8 are needed
/// (as in PBOC). Errors: back_end_failed. card.md §4.3.
[[nodiscard]] CipherResult<CardKey> purchase_session_key(
    BlockCipher& cipher, CardKey const& dpk, std::span<std::uint8_t const, 4> random,
    std::span<std::uint8_t const, 2> sequence, std::span<std::uint8_t const, 4> terminal_sequence);

/// The session key of a load: DLK over pseudo-random number, load sequence and 80 00. All of it is
/// ASSUMED (as in PBOC); card.md §4.1 names only the exchanged data. Errors: back_end_failed.
[[nodiscard]] CipherResult<CardKey> load_session_key(BlockCipher& cipher, CardKey const& dlk,
                                                     std::span<std::uint8_t const, 4> random,
                                                     std::span<std::uint8_t const, 2> sequence);

} // namespace keys
