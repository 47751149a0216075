#pragma once

#include "apdu/bytes.hpp"

#include <memory>

struct evp_cipher_ctx_st;
struct evp_cipher_st;

namespace keys::openssl {

/// One mode of one of OpenSSL's ciphers in one direction. The context is made once and used again;
/// it keeps the schedule of its last key until the next use, and is cleansed when the object goes.
class EvpEngine {
public:
    /// Which way blocks go.
    enum class Direction : std::uint8_t { encrypt, decrypt };

    /// `name` as OpenSSL spells it: "AES-128-ECB". `key_size` in bytes. Where OpenSSL lacks the
    /// cipher or memory, nothing works later.
    EvpEngine(char const* name, Direction direction, std::size_t key_size);

    /// Sets the key, and the chain's initial value where the mode has one. False: it failed.
    [[nodiscard]] bool set_key(apdu::ByteView key, apdu::ByteView initial = {});
    /// Works on whole blocks; `out` has room for as many bytes and may be `in`. False: it failed.
    [[nodiscard]] bool run(apdu::ByteView in, apdu::ByteSpan out);

private:
    struct ContextDeleter {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    struct CipherDeleter {
        void operator()(evp_cipher_st* cipher) const;
    };

    std::size_t key_size_;
    std::unique_ptr<evp_cipher_st, CipherDeleter> cipher_;
    std::unique_ptr<evp_cipher_ctx_st, ContextDeleter> context_;
};

} // namespace keys::openssl
