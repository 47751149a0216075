#pragma once

#include "keys/aes_key.hpp"
#include "keys/card_key.hpp"

namespace keys::file {

/// True for a key that keeps no secret: all bytes alike; a 3DES key whose halves are the same DES
/// key; a weak or semi-weak DES key, or one as a half (NIST SP 800-67 Rev. 2, §3.3.2). Parity bits
/// do not count.
[[nodiscard]] bool is_weak(CardKey const& key);
/// True for an AES key whose bytes are all alike.
[[nodiscard]] bool is_weak(AesKey const& key);

} // namespace keys::file
