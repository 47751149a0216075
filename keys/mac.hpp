#pragma once

#include "keys/block_cipher.hpp"
#include "keys/exchange_values.hpp"

namespace keys {

/// The 4-byte MAC over `message`, padded 80 00… (always). `initial` is the start of the chain's
/// initial value, the rest zeros: empty, or a challenge (require: at most a block).
/// DES: CBC, left 4 bytes. 16-byte 3DES key: CBC with the left half as a DES key, last block with
/// the whole key, left 4 bytes (card.md §2.1). SM4: CBC, the four 4-byte words XORed.
/// A command's MAC covers its header and Lc, that of a medical transaction does not: that is the
/// caller's choice of `message`. require: the bytes of a 16-byte 3DES key are at hand
/// (in_memory()). Errors: back_end_failed. card.md §3.5.
[[nodiscard]] CipherResult<Mac> mac(BlockCipher& cipher, CardKey const& key, apdu::ByteView message,
                                    apdu::ByteView initial = {});

} // namespace keys
