#pragma once

#include "host/daemon/confirmed_act.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/confirmed_act_messages.hpp"

#include "host/store/card_register.hpp"

namespace sscardd {

/// A key that its custodians destroy: they confirm its check value, and give no parts.
class KeyDestruction final : public ConfirmedAct {
public:
    /// The store must outlive the object. Faults: those of KeyStore::refusal(), request_invalid (no
    /// reason), key_unknown, check_value_differs, key_in_the_field (live cards of the register need
    /// it, how many says the detail, and the request does not accept that), journal_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, store::CardRegister const& cards,
          api::KeyDestructionRequest const& request);

    [[nodiscard]] api::Outcome<api::Combined> combine() override {
        return api::Combined{key_.check_value, 1};
    }
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::optional<std::uint8_t> version() const override { return key_.version; }

private:
    KeyDestruction(KeyStore& store, api::KnownKey key, std::optional<std::string> id,
                   std::string reason)
        : store_{store}, key_{std::move(key)}, id_{std::move(id)}, reason_{std::move(reason)} {}

    KeyStore& store_;
    api::KnownKey key_;
    std::optional<std::string> id_; ///< of a terminal's key
    std::string reason_;
};

} // namespace sscardd
