#pragma once

#include "host/daemon/custody_act.hpp"
#include "host/daemon/key_store.hpp"

#include "keys/custody/key_components.hpp"

namespace sscardd {

/// A master key that is made of its custodians' components and put into the key store.
class KeyMaking final : public CustodyAct {
public:
    /// Reads what is to be made. The store must outlive the object. Faults: those of
    /// KeyStore::refusal(), request_invalid, key_known, memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, api::KeyCeremonyRequest const& request);

    [[nodiscard]] std::uint32_t digits() const override;
    [[nodiscard]] bool makes_parts() const override { return are_generated_; }
    [[nodiscard]] api::Outcome<api::ShownPart> show(std::size_t index) override;
    [[nodiscard]] api::Outcome<std::string>
    take(std::size_t index, std::string_view typed,
         std::optional<keys::CheckValue> const& expected) override;
    [[nodiscard]] api::Outcome<api::Combined> combine() override;
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::optional<std::uint8_t> version() const override { return plan_.version; }

private:
    /// The key by everything but itself.
    struct Plan {
        apdu::KeyName name;
        keys::CipherKind kind;
        keys::Tier tier;
        std::optional<std::uint8_t> version;
        std::optional<keys::CheckValue> check_value; ///< that it must have
    };
    [[nodiscard]] static std::optional<Plan> read(api::KeyCeremonyRequest const& request,
                                                  api::Fault& invalid);
    KeyMaking(KeyStore& store, Plan plan, keys::custody::KeyComponents components, bool generated)
        : store_{store}, plan_{plan}, components_{std::move(components)}, are_generated_{
                                                                              generated} {}
    [[nodiscard]] api::Outcome<keys::MasterKey> combined() const;

    KeyStore& store_;
    Plan plan_;
    keys::custody::KeyComponents components_;
    bool are_generated_;
    std::string check_value_{}; ///< of the key, once combine() has told it
};

} // namespace sscardd
