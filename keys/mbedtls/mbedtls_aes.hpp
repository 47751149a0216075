#pragma once

#include "keys/aes_cipher.hpp"

namespace keys::mbedtls {

/// AES of mbedTLS 2.28, for terminals and hosts alike: no heap, and no key outlives a call.
class MbedtlsAes final : public AesCipher {
public:
    [[nodiscard]] CipherResult<apdu::Done> encrypt(AesKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(AesKey const& key,
                                                   apdu::ByteSpan blocks) override;
};

} // namespace keys::mbedtls
