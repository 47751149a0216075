#pragma once

#include "host/daemon/confirmed_act.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/confirmed_act_messages.hpp"

namespace sscardd {

/// A key that a token of the HSM makes for itself, when its custodians are there: they confirm its
/// check value, and give no parts. What they do not confirm is in no token.
class KeyGeneration final : public ConfirmedAct {
public:
    /// The store must outlive the object. Faults: those of KeyStore::refusal(), no_hsm,
    /// request_invalid, key_known.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, api::KeyGenerationRequest const& request);
    KeyGeneration(KeyGeneration const&) = delete;
    KeyGeneration& operator=(KeyGeneration const&) = delete;
    ~KeyGeneration() override;

    /// Has the token make the key, once. Faults: those of KeyStore::generate().
    [[nodiscard]] api::Outcome<api::Combined> combine() override;
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::optional<std::uint8_t> version() const override {
        return order_.key.version;
    }

private:
    KeyGeneration(KeyStore& store, HsmKeyOrder order) : store_{store}, order_{std::move(order)} {}

    KeyStore& store_;
    HsmKeyOrder order_;
    std::optional<HsmKeyMade> made_{}; ///< nothing: not yet
};

} // namespace sscardd
