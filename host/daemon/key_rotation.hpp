#pragma once

#include "host/daemon/confirmed_act.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/confirmed_act_messages.hpp"
#include "host/store/card_register.hpp"

namespace sscardd {

/// A key of which another version is used from now on: custodians confirm its check value, and give
/// no parts. The keys stay as they are.
class KeyRotation final : public ConfirmedAct {
public:
    /// Store and register must outlive the object. Faults: those of KeyStore::refusal(),
    /// request_invalid (no reason, no such name or version), key_not_rotated (cards have it in one
    /// version only, or nothing is authenticated with it), key_unknown, check_value_differs,
    /// key_in_use (nothing would change), journal_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore const& store, store::CardRegister& cards,
          api::KeyRotationRequest const& request);

    [[nodiscard]] api::Outcome<api::Combined> combine() override {
        return api::Combined{to_.check_value, 1};
    }
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    /// Besides the key: how many live cards have it, have it not, and may have it.
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::optional<std::uint8_t> version() const override { return to_.version; }

private:
    KeyRotation(store::CardRegister& cards, keys::Algorithm algorithm, store::KeyMark to,
                std::string tier, std::string remark)
        : register_{cards}, algorithm_{algorithm}, to_{std::move(to)}, tier_{std::move(tier)},
          remark_{std::move(remark)} {}

    store::CardRegister& register_;
    keys::Algorithm algorithm_;
    store::KeyMark to_;
    std::string tier_;
    std::string remark_;
};

} // namespace sscardd
