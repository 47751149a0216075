#pragma once

#include "keys/card_key.hpp"
#include "keys/cipher_result.hpp"

namespace keys {

/// What a back end must know of ciphers: whole blocks under one key. Everything else in keys/ is
/// built on it. One user at a time per object. Spans are in bytes and hold whole blocks of the
/// key's kind (require). Each function returns CipherError::back_end_failed when the back end
/// cannot and unsupported when it never can, and leaves the contents of the span it works on
/// undefined then.
class BlockCipher {
public:
    BlockCipher() = default;
    BlockCipher(BlockCipher const&) = delete;
    BlockCipher& operator=(BlockCipher const&) = delete;
    virtual ~BlockCipher() = default;

    /// Encrypts each block by itself (ECB), in place.
    [[nodiscard]] virtual CipherResult<apdu::Done> encrypt(CardKey const& key,
                                                           apdu::ByteSpan blocks) = 0;

    /// Decrypts each block by itself (ECB), in place.
    [[nodiscard]] virtual CipherResult<apdu::Done> decrypt(CardKey const& key,
                                                           apdu::ByteSpan blocks) = 0;

    /// Encrypts `blocks` in a chain (CBC) that starts from `state`, one block, and leaves the last
    /// encrypted block there. No blocks: `state` stays.
    [[nodiscard]] virtual CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                                         apdu::ByteView blocks) = 0;

    /// The key whose bytes are `bytes` encrypted under `key` block by block: how every key of a
    /// card comes from another one. Where `key` is inside a token, the new one is made there, and
    /// good until some ten more have been made.
    [[nodiscard]] virtual CipherResult<CardKey> derive(CardKey const& key, CipherKind kind,
                                                       apdu::ByteView bytes);

    /// `key` with its bytes, to be written into a card or to work with half of it. Faults:
    /// held_back.
    [[nodiscard]] virtual CipherResult<CardKey> in_memory(CardKey const& key);
};

} // namespace keys
