#pragma once

#include "keys/pkcs11/derived_keys.hpp"
#include "keys/pkcs11/mechanisms.hpp"
#include "keys/pkcs11/token_session.hpp"

#include "keys/block_cipher.hpp"

namespace keys::pkcs11 {

/// May the keys of single cards, never master keys, leave a token for this process's memory?
enum class CardKeyExport : std::uint8_t { refused, allowed };

/// The ciphers of a token, for keys inside it: their CardKey::token_object() is the object's
/// handle. Keys whose bytes are here are `software`'s. Decrypting with a token's key is
/// unsupported: no purpose of a host needs it.
class TokenCipher final : public BlockCipher {
public:
    /// Borrows all three.
    TokenCipher(TokenSession& session, DerivedKeys& derived, MechanismMap const& mechanisms,
                BlockCipher& software, CardKeyExport may_leave)
        : session_{session}, derived_{derived}, mechanisms_{mechanisms}, software_{software},
          may_leave_{may_leave} {}

    [[nodiscard]] CipherResult<apdu::Done> encrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> decrypt(CardKey const& key,
                                                   apdu::ByteSpan blocks) override;
    [[nodiscard]] CipherResult<apdu::Done> chain(CardKey const& key, apdu::ByteSpan state,
                                                 apdu::ByteView blocks) override;
    [[nodiscard]] CipherResult<CardKey> derive(CardKey const& key, CipherKind kind,
                                               apdu::ByteView bytes) override;
    [[nodiscard]] CipherResult<CardKey> in_memory(CardKey const& key) override;

private:
    TokenSession& session_;
    DerivedKeys& derived_;
    MechanismMap const& mechanisms_;
    BlockCipher& software_;
    CardKeyExport may_leave_;
};

/// E(key, data) of a key that may derive, as bytes: a card's key, or a check value's block. `out`
/// has as many bytes as `data`, which are wiped by the caller. Leaves nothing in the token.
[[nodiscard]] TokenResult<apdu::Done> derived_bytes(TokenSession& session,
                                                    CipherMechanisms const& mechanisms,
                                                    CK_OBJECT_HANDLE key, apdu::ByteView data,
                                                    apdu::ByteSpan out);

} // namespace keys::pkcs11
