#pragma once

#include "host/daemon/component_act.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/terminal_key_messages.hpp"

namespace sscardd {

/// A terminal's key by everything but itself.
struct TerminalKeyPlan {
    keys::TerminalKeyPlace place;
    keys::AesSize size;
    std::string name; ///< "BDK 12345678"
    std::optional<keys::CheckValue> check_value;
};
/// What the request is for; nothing, and its problems in `invalid`, where it is for nothing.
[[nodiscard]] std::optional<TerminalKeyPlan> plan_of(api::TerminalKeyCeremonyRequest const& request,
                                                     api::Fault& invalid);

/// A BDK, or a terminal's transport key, that is made of its custodians' components and put into
/// the key store.
class TerminalKeyMaking final : public ComponentAct {
public:
    /// The store must outlive the object. Faults: those of KeyStore::refusal(), request_invalid,
    /// key_known, memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, api::TerminalKeyCeremonyRequest const& request);

    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;

private:
    TerminalKeyMaking(KeyStore& store, TerminalKeyPlan plan, Components components)
        : ComponentAct{std::move(components)}, store_{store}, plan_{std::move(plan)} {}

    KeyStore& store_;
    TerminalKeyPlan plan_;
};

/// Where the key of that use ("BDK", "KBPK") and id (8 or 16 hex digits) is kept; nothing for
/// anything else.
[[nodiscard]] std::optional<keys::TerminalKeyPlace> terminal_key_place(std::string_view use,
                                                                       std::string_view id);

} // namespace sscardd
