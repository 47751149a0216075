#include "keys/pkcs11/new_token_key.hpp"

namespace keys::pkcs11 {

TokenResult<std::unique_ptr<NewTokenKey>> NewTokenKey::make(std::shared_ptr<Token> token,
                                                            KeyLabel const& label) {
    auto session = token->writing_session();
    if (!session.ok()) {
        return session.error();
    }
    std::unique_ptr<NewTokenKey> key{
        new NewTokenKey{std::move(token), std::move(session).value(), label}};
    auto const made = key->generate();
    key->token_->note_loss(*key->session_);
    if (!made.ok()) {
        return made.error();
    }
    return key;
}

TokenResult<apdu::Done> NewTokenKey::generate() {
    auto const* const cipher = token_->settings().mechanisms.of(label_.kind);
    if (cipher == nullptr || !cipher->generate || label_.kind == CipherKind::des) {
        return TokenFault{TokenFaultCode::mechanism_missing,
                          std::string{apdu::to_text(label_.name)} + ": C_GenerateKey"};
    }
    NewKeyAttributes attributes{*cipher, label_};
    CK_MECHANISM how{*cipher->generate, nullptr, 0};
    CK_RV const value = session_->functions().C_GenerateKey(
        session_->handle(), &how, attributes.list().data(), attributes.list().size(), &object_);
    if (value != CKR_OK) {
        return session_->noted("C_GenerateKey", value);
    }
    auto const told = token_->check_value(*session_, {label_, object_, false});
    if (!told.ok()) {
        return told.error();
    }
    check_value_ = told.value();
    return apdu::Done{};
}

TokenResult<apdu::Done> NewTokenKey::keep() {
    KeptKeyAttributes attributes{label_, check_value_};
    CK_OBJECT_HANDLE kept = 0;
    CK_RV const value = session_->functions().C_CopyObject(
        session_->handle(), object_, attributes.list().data(), attributes.list().size(), &kept);
    if (value != CKR_OK) {
        auto fault = session_->noted("C_CopyObject", value);
        token_->note_loss(*session_);
        return fault;
    }
    return token_->list_keys();
}

} // namespace keys::pkcs11
