#pragma once

#include "keys/aes_cipher.hpp"

#include "keys/openssl/evp_engine.hpp"

namespace keys::openssl {

/// AES of OpenSSL 3's default provider.
class EvpAes final : public AesCipher {
public:
    EvpAes();

    [[nodiscard]] CipherResult<apdu::Done> encrypt(AesKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(AesKey const& key,
                                                   apdu::ByteSpan blocks) override;

private:
    struct Engines {
        Engines(char const* name, AesSize size);
        EvpEngine encrypt;
        EvpEngine decrypt;
    };

    Engines& engines_of(AesKey const& key);

    Engines aes128_;
    Engines aes192_;
    Engines aes256_;
};

} // namespace keys::openssl
