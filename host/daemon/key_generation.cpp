#include "host/daemon/key_generation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sscardd {
namespace {

/// Which token it is to be: the only one, or one that is named.
void check_token(std::vector<api::KeyToken> const& tokens, std::string const& wanted,
                 api::Fault& invalid) {
    bool const is_named =
        std::any_of(tokens.begin(), tokens.end(),
                    [&wanted](api::KeyToken const& token) { return token.label == wanted; });
    if (wanted.empty() && tokens.size() > 1) {
        invalid.problems.push_back({"/token", "missing", "the key will be in that one alone"});
    } else if (!wanted.empty() && !is_named) {
        invalid.problems.push_back({"/token", "unknown_value", wanted});
    }
}

} // namespace

api::Outcome<std::unique_ptr<CustodyAct>>
KeyGeneration::begin(KeyStore& store, api::KeyGenerationRequest const& request) {
    auto const there = store.report();
    if (there.back_end != api::KeyBackEnd::pkcs11) {
        return api::fault("no_hsm");
    }
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    api::Fault invalid = api::fault(api::code::request_invalid);
    auto const plan =
        key_plan_of(request.name, request.algorithm, request.tier, request.version, invalid);
    if (request.algorithm == "DES") { // two halves that are equal: no token makes such a key
        invalid.problems.push_back({"/algorithm", "unknown_value", ""});
    }
    check_token(there.tokens, request.token, invalid);
    if (!plan || !invalid.problems.empty()) {
        return invalid;
    }
    if (auto const known = known_key(there, *plan)) {
        return api::fault("key_known", known->check_value);
    }
    return std::unique_ptr<CustodyAct>{new KeyGeneration{store, {*plan, request.token}}};
}

KeyGeneration::~KeyGeneration() { store_.drop_generated(); }

api::Outcome<api::Combined> KeyGeneration::combine() {
    if (!made_) {
        auto made = store_.generate(order_);
        if (!made.ok()) {
            return made.error();
        }
        made_ = std::move(made).value();
    }
    return api::Combined{made_->check_value, 1};
}

api::Outcome<apdu::Done> KeyGeneration::carry_out() { return store_.keep_generated(); }

void KeyGeneration::describe(audit::Minutes& minutes) const {
    minutes.origin = "generated";
    minutes.keys = {entry_of(order_.key, made_ ? made_->check_value : "")};
    if (made_) {
        minutes.remark = fmt::format("token {}", made_->token);
        if (!made_->without.empty()) {
            minutes.remark += fmt::format("; not in {}", fmt::join(made_->without, ", "));
        }
    }
}

} // namespace sscardd
