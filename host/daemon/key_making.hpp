#pragma once

#include "host/daemon/component_act.hpp"
#include "host/daemon/key_plan.hpp"
#include "host/daemon/key_store.hpp"

namespace sscardd {

/// A master key that is made of its custodians' components and put into the key store.
class KeyMaking final : public ComponentAct {
public:
    /// Reads what is to be made. The store must outlive the object. Faults: those of
    /// KeyStore::refusal(), request_invalid, key_known, memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, api::KeyCeremonyRequest const& request);

    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::optional<std::uint8_t> version() const override { return plan_.key.version; }

private:
    struct Plan {
        KeyPlan key;
        std::optional<keys::CheckValue> check_value; ///< that it must have
    };
    [[nodiscard]] static std::optional<Plan> read(api::KeyCeremonyRequest const& request,
                                                  api::Fault& invalid);
    KeyMaking(KeyStore& store, Plan plan, Components components)
        : ComponentAct{std::move(components)}, store_{store}, plan_{plan} {}

    KeyStore& store_;
    Plan plan_;
};

} // namespace sscardd
