#pragma once

#include "host/daemon/custody_act.hpp"
#include "host/daemon/key_store.hpp"

#include "keys/custody/key_backup.hpp"

namespace sscardd {

/// A backup of the key store: a sealed file, and a share of its key for each custodian.
class BackupMaking final : public CustodyAct {
public:
    /// Seals the keys as they are now. Faults: those of KeyStore::refusal(), request_invalid (more
    /// are needed than there are), memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore const& store, api::KeyBackupRequest const& request);

    [[nodiscard]] std::uint32_t digits() const override { return 2 * keys::custody::share_size; }
    [[nodiscard]] bool makes_parts() const override { return true; }
    [[nodiscard]] api::Outcome<api::ShownPart> show(std::size_t index) override;
    [[nodiscard]] api::Outcome<std::string>
    take(std::size_t index, std::string_view typed,
         std::optional<keys::CheckValue> const& expected) override;
    [[nodiscard]] api::Outcome<api::Combined> combine() override;
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override { return apdu::Done{}; }
    void describe(audit::Minutes& minutes) const override;
    [[nodiscard]] std::vector<std::uint8_t> product() const override { return backup_.file(); }

private:
    BackupMaking(keys::custody::NewBackup backup, std::uint8_t needed,
                 std::vector<api::KnownKey> keys)
        : backup_{std::move(backup)}, needed_{needed}, keys_{std::move(keys)} {}
    keys::custody::NewBackup backup_;
    std::uint8_t needed_;
    std::vector<api::KnownKey> keys_;
};

/// A backup that its custodians open again, into an empty store.
class BackupOpening final : public CustodyAct {
public:
    /// The store must outlive the object. Faults: those of KeyStore::refusal(), store_not_empty,
    /// backup_malformed, test_keys_mixed, request_invalid (not as many custodians as are needed),
    /// memory_not_locked.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(KeyStore& store, api::KeyRestoreRequest const& request);

    [[nodiscard]] std::uint32_t digits() const override { return 2 * keys::custody::share_size; }
    [[nodiscard]] bool makes_parts() const override { return false; }
    [[nodiscard]] api::Outcome<api::ShownPart> show(std::size_t index) override;
    [[nodiscard]] api::Outcome<std::string>
    take(std::size_t index, std::string_view typed,
         std::optional<keys::CheckValue> const& expected) override;
    [[nodiscard]] api::Outcome<api::Combined> combine() override;
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;

private:
    BackupOpening(KeyStore& store, keys::custody::OpenedBackup backup)
        : store_{store}, backup_{std::move(backup)} {}
    KeyStore& store_;
    keys::custody::OpenedBackup backup_;
    std::vector<api::KnownKey> keys_{}; ///< once combine() has told of them
};

} // namespace sscardd
