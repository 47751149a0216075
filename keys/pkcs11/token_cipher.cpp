#include "keys/pkcs11/token_cipher.hpp"

#include "keys/pkcs11/attributes.hpp"

#include "keys/wiped_buffer.hpp"

#include <algorithm>

namespace keys::pkcs11 {
namespace {

/// Bytes that one call of a chain takes: a short command with room for its padding.
constexpr std::size_t chain_step_max = 272;

CipherError error_of(TokenFault const& fault) {
    return fault.code == TokenFaultCode::mechanism_missing ? CipherError::unsupported
                                                           : CipherError::back_end_failed;
}

CipherResult<apdu::Done> done_or_error(TokenResult<apdu::Done> const& result) {
    if (!result.ok()) {
        return error_of(result.error());
    }
    return apdu::Done{};
}

/// What is encrypted to make a key of that kind: a DES key is made twice, side by side.
Derivation derivation_by(CK_OBJECT_HANDLE from, CipherKind kind, apdu::ByteView bytes) {
    Derivation derivation{from, kind, {}};
    apdu::copy_bytes(bytes, derivation.data);
    if (kind == CipherKind::des) {
        apdu::copy_bytes(bytes, apdu::ByteSpan{derivation.data}.subspan(bytes.size()));
    }
    return derivation;
}

} // namespace

CipherResult<apdu::Done> TokenCipher::encrypt(CardKey const& key, apdu::ByteSpan blocks) {
    auto const object = key.token_object();
    if (!object) {
        return software_.encrypt(key, blocks);
    }
    auto const* const mechanisms = mechanisms_.of(key.kind());
    if (mechanisms == nullptr) {
        return CipherError::unsupported;
    }
    std::vector<std::uint8_t> encrypted(blocks.size());
    auto const done =
        session_.encrypt(*object, {mechanisms->blocks, nullptr, 0}, blocks, encrypted);
    apdu::copy_bytes(encrypted, blocks);
    wipe(encrypted);
    return done_or_error(done);
}

CipherResult<apdu::Done> TokenCipher::decrypt(CardKey const& key, apdu::ByteSpan blocks) {
    if (key.token_object()) {
        return CipherError::unsupported;
    }
    return software_.decrypt(key, blocks);
}

CipherResult<apdu::Done> TokenCipher::chain(CardKey const& key, apdu::ByteSpan state,
                                            apdu::ByteView blocks) {
    auto const object = key.token_object();
    if (!object) {
        return software_.chain(key, state, blocks);
    }
    auto const* const mechanisms = mechanisms_.of(key.kind());
    if (mechanisms == nullptr) {
        return CipherError::unsupported;
    }
    WipedBuffer<chain_step_max> encrypted;
    while (!blocks.empty()) {
        apdu::ByteView const step = blocks.first(std::min(blocks.size(), chain_step_max));
        auto const done = session_.encrypt(*object, {mechanisms->chain, state.data(), state.size()},
                                           step, encrypted.expose());
        if (!done.ok()) {
            return error_of(done.error());
        }
        apdu::copy_bytes(
            apdu::ByteView{encrypted.expose()}.subspan(step.size() - state.size(), state.size()),
            state);
        blocks = blocks.subspan(step.size());
    }
    return apdu::Done{};
}

CipherResult<CardKey> TokenCipher::derive(CardKey const& key, CipherKind kind,
                                          apdu::ByteView bytes) {
    auto const object = key.token_object();
    if (!object) {
        return software_.derive(key, kind, bytes);
    }
    auto const* const mechanisms = mechanisms_.of(kind);
    if (mechanisms == nullptr) {
        return CipherError::unsupported;
    }
    Derivation const derivation = derivation_by(*object, kind, bytes);
    if (CK_OBJECT_HANDLE const known = derived_.find(derivation); known != 0) {
        return CardKey{kind, TokenObject{known}};
    }
    DerivedKeyAttributes attributes{*mechanisms};
    auto const made =
        session_.derive(*object, mechanisms->derive, derivation.data, attributes.list());
    if (!made.ok()) {
        return error_of(made.error());
    }
    for (CK_OBJECT_HANDLE const gone : derived_.add(derivation, made.value())) {
        if (auto const done = session_.destroy(gone); !done.ok()) {
            return error_of(done.error());
        }
    }
    return CardKey{kind, TokenObject{made.value()}};
}

CipherResult<CardKey> TokenCipher::in_memory(CardKey const& key) {
    auto const object = key.token_object();
    if (!object) {
        return software_.in_memory(key);
    }
    auto const derivation = derived_.derivation_of(*object);
    auto const* const mechanisms = mechanisms_.of(key.kind());
    if (may_leave_ == CardKeyExport::refused || !derivation || mechanisms == nullptr) {
        return CipherError::held_back;
    }
    WipedBuffer<key_size_max> bytes;
    auto const done =
        derived_bytes(session_, *mechanisms, derivation->from, derivation->data, bytes.expose());
    if (!done.ok()) {
        return error_of(done.error());
    }
    return CardKey{key.kind(), apdu::ByteView{bytes.expose()}.first(key.size())};
}

TokenResult<apdu::Done> derived_bytes(TokenSession& session, CipherMechanisms const& mechanisms,
                                      CK_OBJECT_HANDLE key, apdu::ByteView data,
                                      apdu::ByteSpan out) {
    ExportedBytesAttributes attributes{data.size()};
    auto const made = session.derive(key, mechanisms.derive, data, attributes.list());
    if (!made.ok()) {
        return made.error();
    }
    auto const read = session.secret_attribute(made.value(), CKA_VALUE, out.first(data.size()));
    auto const gone = session.destroy(made.value());
    return read.ok() ? gone : read;
}

} // namespace keys::pkcs11
