#pragma once

#include "keys/block_cipher.hpp"

#include <array>
#include <memory>

struct evp_cipher_ctx_st;
struct evp_cipher_st;

namespace keys::openssl {

/// The ciphers of OpenSSL 3's default provider. Single DES runs as 3DES with equal halves, because
/// DES itself stands in the legacy provider. Contexts are made once and used again; each keeps the
/// schedule of its last key until the next use, and is cleansed when the object goes.
/// Where OpenSSL lacks a cipher or memory, every function answers back_end_failed.
class EvpCipher final : public BlockCipher {
public:
    EvpCipher();
    ~EvpCipher() override;

    [[nodiscard]] CipherResult<apdu::Done> encrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                                 apdu::ByteView blocks) override;

private:
    struct ContextDeleter {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    struct CipherDeleter {
        void operator()(evp_cipher_st* cipher) const;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, ContextDeleter>;
    using Cipher = std::unique_ptr<evp_cipher_st, CipherDeleter>;

    /// One mode of one cipher in one direction, ready for a key.
    struct Engine {
        Cipher cipher;
        Context context;
    };
    struct Engines {
        Engine encrypt;
        Engine decrypt;
        Engine chain;
    };

    static Engine make_engine(char const* name, bool encrypts);
    static Engines make_engines(char const* block_mode, char const* chain_mode);
    Engines& engines_of(CardKey const& key);

    Engines des_;
    Engines sm4_;
};

} // namespace keys::openssl
