#pragma once

#include "keys/block_cipher.hpp"

namespace keys::mbedtls {

/// DES and 3DES of mbedTLS 2.28, for terminals and hosts alike: no heap, and no key outlives a
/// call. mbedTLS 2.28 has no SM4: for such a key every function answers unsupported.
class MbedtlsCipher final : public BlockCipher {
public:
    [[nodiscard]] CipherResult<apdu::Done> encrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                                 apdu::ByteView blocks) override;
};

} // namespace keys::mbedtls
