#pragma once

#include "keys/pkcs11/token.hpp"

namespace keys::pkcs11 {

/// A master key that a token has made for itself and does not keep yet: an object of a session,
/// which goes with this object. Sensitive and never extractable: nobody ever has its bytes.
class NewTokenKey {
public:
    /// Faults: mechanism_missing (no cipher of that kind, or no mechanism to generate its keys; a
    /// DES key, whose equal halves no token makes), those of C_GenerateKey and C_DeriveKey.
    [[nodiscard]] static TokenResult<std::unique_ptr<NewTokenKey>>
    make(std::shared_ptr<Token> token, KeyLabel const& label);
    NewTokenKey(NewTokenKey const&) = delete;
    NewTokenKey& operator=(NewTokenKey const&) = delete;

    [[nodiscard]] Token& token() const { return *token_; }
    [[nodiscard]] KeyLabel const& label() const { return label_; }
    /// Worked out by the token.
    [[nodiscard]] CheckValue const& check_value() const { return check_value_; }
    /// Has the token keep it for good, by C_CopyObject, and lists the token's keys anew. Faults:
    /// those of both; where listing fails the key is there all the same.
    [[nodiscard]] TokenResult<apdu::Done> keep();

private:
    NewTokenKey(std::shared_ptr<Token> token, std::unique_ptr<TokenSession> session,
                KeyLabel const& label)
        : token_{std::move(token)}, session_{std::move(session)}, label_{label} {}
    [[nodiscard]] TokenResult<apdu::Done> generate();

    std::shared_ptr<Token> token_;
    std::unique_ptr<TokenSession> session_;
    KeyLabel label_;
    CK_OBJECT_HANDLE object_ = 0;
    CheckValue check_value_{};
};

} // namespace keys::pkcs11
