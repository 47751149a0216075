#pragma once

#include "host/daemon/attempt_pace.hpp"
#include "host/daemon/key_store.hpp"

#include "keys/file/key_file.hpp"
#include "keys/sealed/sealed_store.hpp"

#include <mutex>

namespace sscardd {

/// The keys of a sealed store, by the passphrase that a person gives or by a credential.
class SealedKeys final : public KeyStore {
public:
    /// Claims the store, and opens it where a credential is configured. Faults: store_in_use,
    /// store_not_written, credential_missing, test_keys_refused. What else is wrong is told by
    /// report().
    [[nodiscard]] static api::Outcome<std::unique_ptr<SealedKeys>>
    start(KeySettings settings, AttemptPace pace = AttemptPace{});

    /// What the file alone shows to be wrong: its permissions, its head, its mark in production.
    /// A store that is yet to be made is no fault.
    [[nodiscard]] static std::optional<api::Fault> fault_of_file(KeySettings const& settings);

    [[nodiscard]] LaneKeys service() const override;
    [[nodiscard]] api::KeyReport report() const override;
    [[nodiscard]] bool takes_keys() const override { return true; }
    [[nodiscard]] api::Outcome<apdu::Done> take(keys::sealed::KeyBundle keys) override;
    [[nodiscard]] api::Outcome<keys::custody::NewBackup> back_up(std::size_t needed,
                                                                 std::size_t count) const override;
    [[nodiscard]] api::Outcome<api::KeyReport> unlock(api::KeysUnlockRequest request) override;
    [[nodiscard]] api::Outcome<api::KeyReport> lock() override;
    [[nodiscard]] api::Outcome<api::KeyReport>
    create(api::KeyStoreCreationRequest request) override;
    [[nodiscard]] api::Outcome<api::KeyReport> take_in(api::KeysImportRequest request) override;
    [[nodiscard]] api::Outcome<api::KeyReport>
    remove(api::KeyRemovalRequest const& request) override;
    /// FILE.previous goes too. Fault besides: store_maybe_not_kept.
    [[nodiscard]] api::Outcome<apdu::Done> destroy(api::KeyRemovalRequest const& request) override;
    [[nodiscard]] api::Outcome<api::KeyReport>
    change_passphrase(api::PassphraseChangeRequest request) override;

private:
    using Secret = keys::sealed::SealingSecret;
    SealedKeys(KeySettings settings, keys::sealed::SealedStore store, AttemptPace pace)
        : settings_{std::move(settings)}, pace_{std::move(pace)}, store_{std::move(store)} {}

    [[nodiscard]] api::Outcome<Secret> secret_of(std::optional<api::SecretText> const& given) const;
    [[nodiscard]] std::optional<api::Fault> open_by(Secret const& secret);
    [[nodiscard]] api::Outcome<api::KeyReport>
    told(keys::sealed::StoreResult<apdu::Done> const& done);
    [[nodiscard]] api::Outcome<api::KeyReport>
    remove_terminal_key(keys::sealed::HeldKeys const& keys, api::KeyRemovalRequest const& request);
    void look(std::optional<api::Fault> fault);

    KeySettings settings_;
    std::mutex work_{}; ///< around the store: held while argon2 or the disk takes its time
    AttemptPace pace_;
    keys::sealed::SealedStore store_;

    /// What was last seen of the store.
    struct Seen {
        std::shared_ptr<keys::sealed::HeldKeys const> keys{};
        std::optional<keys::sealed::StoreHeader> header{};
        std::optional<api::Fault> fault{};
    };
    mutable std::mutex look_{}; ///< around seen_: never held for long
    Seen seen_{};
};

} // namespace sscardd
