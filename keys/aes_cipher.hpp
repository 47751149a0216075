#pragma once

#include "keys/aes_key.hpp"
#include "keys/cipher_result.hpp"

namespace keys {

/// What a back end must know of AES: whole blocks under one key. DUKPT, PIN blocks and key blocks
/// are built on it. One user at a time per object. Spans hold whole blocks (require). Errors:
/// back_end_failed, which leaves the contents of the span undefined.
class AesCipher {
public:
    AesCipher() = default;
    AesCipher(AesCipher const&) = delete;
    AesCipher& operator=(AesCipher const&) = delete;
    virtual ~AesCipher() = default;

    /// Encrypts each block by itself (ECB), in place.
    [[nodiscard]] virtual CipherResult<apdu::Done> encrypt(AesKey const& key,
                                                           apdu::ByteSpan blocks) = 0;

    /// Decrypts each block by itself (ECB), in place.
    [[nodiscard]] virtual CipherResult<apdu::Done> decrypt(AesKey const& key,
                                                           apdu::ByteSpan blocks) = 0;
};

} // namespace keys
