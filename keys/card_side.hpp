#pragma once

#include "keys/block_cipher.hpp"
#include "keys/exchange_values.hpp"

namespace keys {

// What a card computes that a host does not. With it a virtual card answers by its own key bytes,
// from which it builds CardKeys: INTERNAL AUTHENTICATE is authentication_data(); data of secure
// messaging and loaded keys are taken apart by decrypt_data(); a card's session key is
// session_key(); the keys of medical transactions are in transaction_key.hpp, their MACs mac().

/// True when `command` (header, Lc, data) ends with its own MAC by `key`: a session key, or an MK
/// with `initial` as for mac(). False too when it is too short to hold one. In constant time.
/// Errors: back_end_failed.
[[nodiscard]] CipherResult<bool> has_right_mac(BlockCipher& cipher, CardKey const& key,
                                               apdu::ByteView command, apdu::ByteView initial = {});

/// True when `presented` is what EXTERNAL AUTHENTICATE must carry. In constant time. Errors:
/// back_end_failed.
[[nodiscard]] CipherResult<bool> is_right_authentication(BlockCipher& cipher, CardKey const& key,
                                                         Challenge const& process,
                                                         Challenge const& original,
                                                         AuthenticationData const& presented);

/// True when `presented` is the proof of the transport key over T8…TD. In constant time. Errors:
/// back_end_failed. cos-t514.md §3.
[[nodiscard]] CipherResult<bool>
is_right_transport_proof(BlockCipher& cipher, CardKey const& key,
                         std::span<std::uint8_t const, 6> transport_data,
                         AuthenticationData const& presented);

/// Writes the key's bytes into a virtual card's memory (require: room for size()). @returns bytes
/// written. For the card's side alone: a host never needs it, and tests/style/ says who may.
std::size_t store_on_card(CardKey const& key, apdu::ByteSpan out);

} // namespace keys
