#pragma once

#include "keys/block_cipher.hpp"

namespace keys {

/// The key of one exchange: `random` (4 or 8 bytes, or 16 on SM4: require), filled with zeros to a
/// block, encrypted by the card's key. A DES key on a 3DES card, an SM4 key on an SM4 card. Used
/// once. Errors: back_end_failed. card.md §3.5.
[[nodiscard]] CipherResult<CardKey> session_key(BlockCipher& cipher, CardKey const& key,
                                                apdu::ByteView random);

} // namespace keys
