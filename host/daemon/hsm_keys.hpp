#pragma once

#include "host/daemon/key_store.hpp"

#include "keys/pkcs11/token_group.hpp"
#include "keys/sealed/locked_memory.hpp"

#include <mutex>

namespace sscardd {

/// The keys in the tokens of an HSM. What opens them is the tokens' user PIN, which a person or a
/// credential gives, and which stays in locked memory until lock(), so that a token that was lost
/// is found again without anybody.
class HsmKeys final : public KeyStore {
public:
    /// Logs in where a credential is configured. A token that is away or refuses is told by
    /// report(). Faults: credential_missing, memory_not_locked, test_keys_refused.
    [[nodiscard]] static api::Outcome<std::unique_ptr<HsmKeys>> start(KeySettings settings);

    [[nodiscard]] LaneKeys service() const override;
    [[nodiscard]] api::KeyReport report() const override;
    [[nodiscard]] bool takes_keys() const override { return true; }
    [[nodiscard]] api::Outcome<apdu::Done> take(keys::sealed::KeyBundle keys) override;
    /// hsm_keys_stay.
    [[nodiscard]] api::Outcome<keys::custody::NewBackup> back_up(std::size_t needed,
                                                                 std::size_t count) const override;
    /// Takes the passphrase for the PIN, else the credential's, and logs in to the tokens that are
    /// not open. One that a token refuses is forgotten, and the one before it kept.
    [[nodiscard]] api::Outcome<api::KeyReport> unlock(api::KeysUnlockRequest request) override;
    /// Forgets the PIN, and logs out as soon as the jobs with the tokens' keys have ended.
    [[nodiscard]] api::Outcome<api::KeyReport> lock() override;
    [[nodiscard]] api::Outcome<api::KeyReport> take_in(api::KeysImportRequest request) override;
    [[nodiscard]] api::Outcome<api::KeyReport>
    remove(api::KeyRemovalRequest const& request) override;
    [[nodiscard]] api::Outcome<HsmKeyMade> generate(HsmKeyOrder const& order) override;
    [[nodiscard]] api::Outcome<apdu::Done> keep_generated() override;
    void drop_generated() override { group_->drop_generated(); }

private:
    explicit HsmKeys(KeySettings settings);
    [[nodiscard]] api::Outcome<apdu::Done> keep_credential();
    [[nodiscard]] api::Outcome<apdu::Done> keep_pin(std::string_view pin);
    [[nodiscard]] std::optional<keys::sealed::LockedMemory> take_pin();
    void put_back(std::optional<keys::sealed::LockedMemory> pin);
    [[nodiscard]] bool give_pin(std::function<void(apdu::ByteView)> const& use) const;
    /// `there`: report() just now.
    [[nodiscard]] api::Outcome<apdu::Done> add(api::KeyReport const& there,
                                               keys::MasterKeySet masters);

    KeySettings settings_;
    mutable std::mutex pin_look_{};
    std::optional<keys::sealed::LockedMemory> pin_{};
    std::mutex work_{}; ///< around what changes keys
    std::unique_ptr<keys::pkcs11::TokenGroup> group_;
};

} // namespace sscardd
