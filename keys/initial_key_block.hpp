#pragma once

#include "keys/dukpt.hpp"
#include "keys/key_block.hpp"

namespace keys {

/// An initial key with the terminal that it is for.
struct ReceivedInitialKey {
    InitialKeyId id;
    InitialKey key;
};

/// Hands an initial key to a terminal: a key block of version D whose header says initial DUKPT key
/// (B1), AES, to derive from (X), not to be exported (N), and names the terminal in an optional
/// block IK. require: `protection`, the terminal's transport key, no smaller than `key`. Errors:
/// back_end_failed. ANSI X9.143:2021 §6.3.
[[nodiscard]] CipherResult<KeyBlock>
wrap_initial_key(AesCipher& cipher, KeyBlockKey const& protection, InitialKeyId const& id,
                 InitialKey const& key,
                 std::span<std::uint8_t const, key_block_random_size> random);

/// The terminal's side. Takes such a block of any exportability, with a padding block PB after IK
/// or without. Errors: back_end_failed; malformed, whatever is wrong with it: another kind of key
/// or optional block, a length, the code.
[[nodiscard]] CipherResult<ReceivedInitialKey>
unwrap_initial_key(AesCipher& cipher, KeyBlockKey const& protection, std::string_view block);

} // namespace keys
