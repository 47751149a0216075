// Keys that one token of a group has and no other can get.
#include "keys/pkcs11/token_group.hpp"

#include <algorithm>

namespace keys::pkcs11 {
namespace {

bool has_key(Token const& token, KeyLabel const& key) {
    auto const keys = token.keys();
    return std::any_of(keys->keys.begin(), keys->keys.end(),
                       [&key](TokenKey const& one) { return have_one_place(one.label, key); });
}

} // namespace

std::vector<KeyLabel> missing_in(Token const& token, Token const& other) {
    std::vector<KeyLabel> missing;
    auto const there = other.keys();
    for (TokenKey const& key : there->keys) {
        if (!has_key(token, key.label)) {
            missing.push_back(key.label);
        }
    }
    return missing;
}

bool TokenGroup::is_known(KeyLabel const& key) const {
    return std::any_of(members_.begin(), members_.end(), [&key](Member const& member) {
        return member.token != nullptr && has_key(*member.token, key);
    });
}

TokenResult<GeneratedKey> TokenGroup::generate(KeyLabel const& key, std::string const& token) {
    std::lock_guard const lock{opening_};
    new_key_.reset();
    std::shared_ptr<Token> chosen;
    std::optional<TokenFault> fault;
    for (Member& member : members_) {
        auto const open = open_member(member, LoginBy::program);
        bool const is_wanted = token.empty() || member.settings.label == token;
        if (is_wanted && chosen == nullptr) {
            chosen = open;
            fault = open == nullptr && !fault ? member.fault : fault;
        }
    }
    if (chosen == nullptr) {
        return fault.value_or(TokenFault{TokenFaultCode::token_missing, token});
    }
    if (is_known(key)) {
        return TokenFault{TokenFaultCode::key_known, std::string{apdu::to_text(key.name)}};
    }
    auto made = NewTokenKey::make(chosen, key);
    if (!made.ok()) {
        return made.error();
    }
    new_key_ = std::move(made).value();
    GeneratedKey told{new_key_->check_value(), chosen->settings().label};
    for (Member const& member : members_) {
        if (member.token != chosen) {
            told.without.push_back(member.settings.label);
        }
    }
    return told;
}

TokenResult<apdu::Done> TokenGroup::keep_generated() {
    std::lock_guard const lock{opening_};
    if (new_key_ == nullptr) {
        return TokenFault{TokenFaultCode::key_unknown, "the token or its session is gone"};
    }
    auto const key = std::move(new_key_);
    if (is_known(key->label())) {
        return TokenFault{TokenFaultCode::key_known, std::string{apdu::to_text(key->label().name)}};
    }
    return key->keep();
}

void TokenGroup::drop_generated() {
    std::lock_guard const lock{opening_};
    new_key_.reset();
}

} // namespace keys::pkcs11
