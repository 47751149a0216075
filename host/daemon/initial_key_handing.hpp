#pragma once

#include "host/daemon/confirmed_act.hpp"
#include "host/daemon/key_store.hpp"

#include "host/api/terminal_key_messages.hpp"

#include "keys/dukpt.hpp"

namespace sscardd {

/// A terminal's initial key, which is handed out by the word of its custodians: as a key block
/// under the terminal's transport key, which is made when the act begins and is its product once
/// all have confirmed.
class InitialKeyHanding final : public ConfirmedAct {
public:
    /// Faults: those of KeyStore::refusal(), request_invalid (the terminal's id, no reason),
    /// terminal_key_missing (no BDK of its, no transport key, or one smaller than the BDK),
    /// sealing_failed (no random numbers, or the cipher).
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore const& store, api::InitialKeyRequest const& request);

    /// The check value is that of the key block: the first 3 bytes of its SHA-256.
    [[nodiscard]] api::Outcome<api::Combined> combine() override {
        return api::Combined{check_value_, 1};
    }
    /// Nothing is left to do: the product may be given out.
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::vector<std::uint8_t> product() const override;

private:
    InitialKeyHanding(std::string terminal, std::string reason, keys::KeyBlock const& block);

    std::string terminal_;
    std::string reason_;
    keys::KeyBlock block_;
    std::string check_value_;
    bool is_given_ = false;
};

} // namespace sscardd
