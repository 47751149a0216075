#pragma once

#include "keys/aes_cipher.hpp"

namespace keys {

/// The AES-CMAC of `message`, 16 bytes. Errors: back_end_failed. NIST SP 800-38B.
[[nodiscard]] CipherResult<AesBlock> cmac(AesCipher& cipher, AesKey const& key,
                                          apdu::ByteView message);

} // namespace keys
