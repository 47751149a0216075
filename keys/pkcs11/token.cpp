#include "keys/pkcs11/token.hpp"

#include "keys/pkcs11/token_cipher.hpp"

#include <algorithm>

namespace keys::pkcs11 {
namespace {

constexpr CK_ULONG slots_max = 256;

/// A token's label is filled up with blanks. PKCS #11 2.40 §3.2.
std::string_view trimmed(CK_TOKEN_INFO const& token) {
    std::string_view const label{reinterpret_cast<char const*>(token.label), sizeof token.label};
    return label.substr(0, label.find_last_not_of(' ') + 1);
}

TokenResult<CK_SLOT_ID> find_slot(Module const& module, std::string const& label) {
    std::vector<CK_SLOT_ID> slots(slots_max);
    CK_ULONG count = slots.size();
    CK_RV const value = module.functions().C_GetSlotList(CK_TRUE, slots.data(), &count);
    if (value != CKR_OK) {
        return fault_of("C_GetSlotList", value);
    }
    slots.resize(std::min<std::size_t>(count, slots.size()));
    for (CK_SLOT_ID const slot : slots) {
        CK_TOKEN_INFO token{};
        if (module.functions().C_GetTokenInfo(slot, &token) == CKR_OK && trimmed(token) == label) {
            return slot;
        }
    }
    return TokenFault{TokenFaultCode::token_missing, label};
}

/// What the token tells of PINs that were tried before.
std::optional<TokenFault> pin_risk(Module const& module, CK_SLOT_ID slot, LoginBy by) {
    CK_TOKEN_INFO token{};
    if (CK_RV const value = module.functions().C_GetTokenInfo(slot, &token); value != CKR_OK) {
        return fault_of("C_GetTokenInfo", value);
    }
    if ((token.flags & CKF_USER_PIN_LOCKED) != 0) {
        return TokenFault{TokenFaultCode::pin_locked, std::string{trimmed(token)}};
    }
    constexpr CK_FLAGS tried = CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
    if (by == LoginBy::program && (token.flags & tried) != 0) {
        return TokenFault{TokenFaultCode::pin_at_risk, std::string{trimmed(token)}};
    }
    return std::nullopt;
}

std::optional<KeyLabel> label_of(TokenSession& session, CK_OBJECT_HANDLE object) {
    auto const text = session.attribute(object, CKA_LABEL, label_size_max);
    if (!text.ok()) {
        return std::nullopt;
    }
    return key_label_from_text(
        {reinterpret_cast<char const*>(text.value().data()), text.value().size()});
}

} // namespace

TokenResult<std::shared_ptr<Token>> Token::open(TokenSettings const& settings, PinSource const& pin,
                                                LoginBy by) {
    auto module = Module::load(settings.module);
    if (!module.ok()) {
        return module.error();
    }
    auto const slot = find_slot(*module.value(), settings.label);
    if (!slot.ok()) {
        return slot.error();
    }
    if (auto fault = pin_risk(*module.value(), slot.value(), by)) {
        return std::move(*fault);
    }
    std::shared_ptr<Token> token{new Token{settings, std::move(module).value(), slot.value()}};
    if (auto const done = token->log_in(pin); !done.ok()) {
        return done.error();
    }
    if (auto const done = token->list_keys(); !done.ok()) {
        return done.error();
    }
    return token;
}

TokenResult<apdu::Done> Token::log_in(PinSource const& pin) {
    auto session = TokenSession::open(module_, slot_, false);
    if (!session.ok()) {
        return session.error();
    }
    login_ = std::move(session).value();
    CK_RV value = CKR_OK;
    bool const given = pin([&](apdu::ByteView bytes) {
        value = module_->functions().C_Login(login_->handle(), CKU_USER,
                                             const_cast<CK_BYTE_PTR>(bytes.data()), bytes.size());
    });
    if (!given) {
        return TokenFault{TokenFaultCode::pin_not_given, settings_.label};
    }
    if (value != CKR_OK && value != CKR_USER_ALREADY_LOGGED_IN) {
        return fault_of("C_Login", value);
    }
    return apdu::Done{};
}

TokenResult<apdu::Done> Token::list_keys() {
    CK_OBJECT_CLASS secret_key = CKO_SECRET_KEY;
    CK_BBOOL yes = CK_TRUE;
    std::array<CK_ATTRIBUTE, 2> wanted{
        {{CKA_CLASS, &secret_key, sizeof secret_key}, {CKA_TOKEN, &yes, sizeof yes}}};
    auto const found = login_->find(wanted);
    if (!found.ok()) {
        note_loss(*login_);
        return found.error();
    }
    TokenKeys listed;
    for (CK_OBJECT_HANDLE const object : found.value()) {
        auto const label = label_of(*login_, object);
        if (!label || settings_.mechanisms.of(label->kind) == nullptr) {
            continue;
        }
        bool const may_leave =
            !login_->is_set(object, CKA_SENSITIVE) || login_->is_set(object, CKA_EXTRACTABLE);
        listed.keys.push_back({*label, object, may_leave});
        listed.masters.push_back(
            {label->name, label->version, label->tier, CardKey{label->kind, TokenObject{object}}});
        listed.is_test = listed.is_test || label->is_test;
    }
    note_loss(*login_);
    if (login_->loss()) {
        return *login_->loss();
    }
    std::lock_guard const lock{mutex_};
    keys_ = std::make_shared<TokenKeys const>(std::move(listed));
    return apdu::Done{};
}

CK_FLAGS Token::uses_of(CK_MECHANISM_TYPE mechanism) const {
    CK_MECHANISM_INFO info{};
    CK_RV const value = module_->functions().C_GetMechanismInfo(slot_, mechanism, &info);
    return value == CKR_OK ? info.flags : 0;
}

std::shared_ptr<TokenKeys const> Token::keys() const {
    std::lock_guard const lock{mutex_};
    return keys_;
}

TokenResult<PooledSession> Token::take() {
    std::lock_guard const lock{mutex_};
    if (taken_ >= sessions_max) {
        return TokenFault{TokenFaultCode::busy, settings_.label};
    }
    if (!idle_.empty()) {
        PooledSession session = std::move(idle_.back());
        idle_.pop_back();
        ++taken_;
        return session;
    }
    auto session = TokenSession::open(module_, slot_, false);
    if (!session.ok()) {
        if (session.error().code == TokenFaultCode::lost) {
            loss_ = session.error();
        }
        return session.error();
    }
    ++taken_;
    return PooledSession{std::move(session).value()};
}

void Token::give_back(PooledSession session) {
    std::lock_guard const lock{mutex_};
    --taken_;
    loss_ = loss_ ? loss_ : session.session->loss();
    if (loss_) {
        idle_.clear();
    } else {
        idle_.push_back(std::move(session));
    }
}

std::optional<TokenFault> Token::loss() const {
    std::lock_guard const lock{mutex_};
    return loss_;
}

void Token::note_loss(TokenSession const& session) {
    std::lock_guard const lock{mutex_};
    loss_ = loss_ ? loss_ : session.loss();
}

TokenResult<std::unique_ptr<TokenSession>> Token::writing_session() {
    return TokenSession::open(module_, slot_, true);
}

TokenResult<CheckValue> Token::check_value(TokenSession& session, TokenKey const& key) {
    auto const* const mechanisms = settings_.mechanisms.of(key.label.kind);
    apdu::require(mechanisms != nullptr);
    std::array<std::uint8_t, key_size_max> zeros{};
    std::array<std::uint8_t, key_size_max> block{};
    auto const done =
        key.label.name == apdu::KeyName::transport_key
            ? session.encrypt(key.object, {mechanisms->blocks, nullptr, 0}, zeros, block)
            : derived_bytes(session, *mechanisms, key.object, zeros, block);
    if (!done.ok()) {
        return done.error();
    }
    CheckValue value{};
    apdu::copy_bytes(apdu::ByteView{block}.first(value.size()), value);
    return value;
}

} // namespace keys::pkcs11
