#pragma once

#include "keys/aes_cipher.hpp"
#include "keys/block_cipher.hpp"

#include <array>

namespace keys {

/// What tells one key from another without telling the key.
using CheckValue = std::array<std::uint8_t, 3>;

/// The key check value: the first 3 bytes of a block of zeros encrypted under the key. For DES and
/// 3DES: GlobalPlatform Card Specification 2.3.1 §B.5, ANSI X9.24-1:2017 (the first method of
/// PCI PIN 15-1); for SM4 ASSUMED likewise. Errors: back_end_failed.
[[nodiscard]] CipherResult<CheckValue> check_value_of(BlockCipher& cipher, CardKey const& key);

/// The same of an AES key: the first 3 bytes of the CMAC of a block of zeros. Errors:
/// back_end_failed. ANSI X9.24-1:2017 (the second method of PCI PIN 15-1, the only one for AES).
[[nodiscard]] CipherResult<CheckValue> check_value_of(AesCipher& cipher, AesKey const& key);

} // namespace keys
