#pragma once

#include "keys/block_cipher.hpp"

#include "keys/openssl/evp_engine.hpp"

namespace keys::openssl {

/// The ciphers of OpenSSL 3's default provider. Single DES runs as 3DES with equal halves, because
/// DES itself stands in the legacy provider. Where OpenSSL lacks a cipher or memory, every function
/// answers back_end_failed.
class EvpCipher final : public BlockCipher {
public:
    EvpCipher();

    [[nodiscard]] CipherResult<apdu::Done> encrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                                 apdu::ByteView blocks) override;

private:
    struct Engines {
        EvpEngine encrypt;
        EvpEngine decrypt;
        EvpEngine chain;
    };

    static Engines make_engines(char const* block_mode, char const* chain_mode);
    Engines& engines_of(CardKey const& key);

    Engines des_;
    Engines sm4_;
};

} // namespace keys::openssl
