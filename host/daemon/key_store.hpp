#pragma once

#include "host/daemon/configuration.hpp"
#include "host/daemon/key_plan.hpp"
#include "host/daemon/reader_lane.hpp"

#include "host/api/key_messages.hpp"
#include "host/api/outcome.hpp"

#include "keys/custody/key_backup.hpp"
#include "keys/remote/remote_key_service.hpp"
#include "keys/sealed/key_bundle.hpp"
#include "keys/transaction_counters.hpp"

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace sscardd {

/// A key that an HSM is to make for itself.
struct HsmKeyOrder {
    KeyPlan key;
    std::string token; ///< label; empty: the one in use
};
/// One that it has made.
struct HsmKeyMade {
    std::string check_value;
    std::string token;
    std::vector<std::string> without; ///< labels of tokens that cannot get it
};

/// The master keys of this daemon, by one back end. For any thread; what waits for a person, a disk
/// or argon2 does not hinder service().
class KeyStore {
public:
    KeyStore() = default;
    KeyStore(KeyStore const&) = delete;
    KeyStore& operator=(KeyStore const&) = delete;
    virtual ~KeyStore() = default;

    /// The keys for one job, as they are now; good until the job lets go, whatever happens to the
    /// store meanwhile.
    [[nodiscard]] virtual LaneKeys service() const = 0;
    /// The same for a job with that purpose, where the back end wants to know it.
    [[nodiscard]] virtual LaneKeys service_for(keys::remote::KeyUse const& /*use*/) const {
        return service();
    }
    /// What is told of the keys.
    [[nodiscard]] virtual api::KeyReport report() const = 0;
    /// The keys are marked as ones for tests, as far as is known.
    [[nodiscard]] bool is_test() const { return report().test.value_or(false); }

    /// True for a back end that take() puts keys into.
    [[nodiscard]] virtual bool takes_keys() const { return false; }
    /// Why take() would not take any now: no_key_store, keys_locked, or what is wrong with the
    /// store.
    [[nodiscard]] std::optional<api::Fault> refusal() const;
    /// Takes in finished keys, all or none, under the mark of the keys that are there: the end of a
    /// ceremony, whatever the back end is. Faults: keys_locked, key_known, no_key_store,
    /// terminal_keys_elsewhere (it keeps no keys of terminals) …
    [[nodiscard]] virtual api::Outcome<apdu::Done> take(keys::sealed::KeyBundle keys);

    /// From now on PIN blocks of terminals are accepted, and counted there; it must outlive the
    /// store. Before anybody asks for a service.
    virtual void count_transactions_in(keys::TransactionCounters& counters) {
        counters_ = &counters;
    }

    /// Seals a copy of all keys under a fresh secret that is split among custodians. Faults:
    /// keys_locked, no_key_store, memory_not_locked, sealing_failed.
    [[nodiscard]] virtual api::Outcome<keys::custody::NewBackup> back_up(std::size_t needed,
                                                                         std::size_t count) const;

    /// What a client asks for; see host/api/key_messages.hpp. Each gives the report afterwards. A
    /// back end that cannot: no_key_store.
    [[nodiscard]] virtual api::Outcome<api::KeyReport> unlock(api::KeysUnlockRequest request);
    [[nodiscard]] virtual api::Outcome<api::KeyReport> lock();
    [[nodiscard]] virtual api::Outcome<api::KeyReport> create(api::KeyStoreCreationRequest request);
    [[nodiscard]] virtual api::Outcome<api::KeyReport> take_in(api::KeysImportRequest request);
    [[nodiscard]] virtual api::Outcome<api::KeyReport>
    remove(api::KeyRemovalRequest const& request);
    /// Removes it with every copy of the store that this daemon keeps.
    [[nodiscard]] virtual api::Outcome<apdu::Done> destroy(api::KeyRemovalRequest const& request);
    /// Has an HSM make a key for itself, under the mark of the keys that are there; it serves
    /// nobody until keep_generated(), and drop_generated() forgets it. Faults: no_hsm, key_known,
    /// those of the HSM.
    [[nodiscard]] virtual api::Outcome<HsmKeyMade> generate(HsmKeyOrder const& order);
    [[nodiscard]] virtual api::Outcome<apdu::Done> keep_generated();
    virtual void drop_generated() {}
    [[nodiscard]] virtual api::Outcome<api::KeyReport>
    change_passphrase(api::PassphraseChangeRequest request);

protected:
    /// Null: no PIN blocks of terminals are accepted.
    [[nodiscard]] keys::TransactionCounters* counters() const { return counters_; }

private:
    keys::TransactionCounters* counters_ = nullptr;
};

/// A key service over those masters, which `owner` keeps alive; null without an owner. Terminals
/// are served where there are `counters`.
[[nodiscard]] std::shared_ptr<keys::KeyService>
service_over(std::shared_ptr<void const> owner, keys::MasterKeySet masters,
             keys::TransactionCounters* counters = nullptr);

/// What is told of those keys.
[[nodiscard]] std::vector<api::KnownKey> known_keys(keys::MasterKeySet masters,
                                                    api::KeyBackEnd back_end);

/// What is told of terminals' keys.
[[nodiscard]] std::vector<api::KnownTerminalKey>
known_terminal_keys(keys::TerminalKeySet const& terminals, bool are_test_keys);

/// The keys as configured: none, a key file's, or a sealed store's, opened where a credential does
/// that and locked where not. A store that is missing or damaged is told by the report: it can be
/// set right while the daemon runs. Gives lines that tell why the daemon must not start instead:
/// the key file is wrong, the store is another process's, a credential is missing, or production
/// refuses test keys. A PSAM, which `cards` gives the connection to, is looked for by the first who
/// asks.
[[nodiscard]] std::variant<std::unique_ptr<KeyStore>, std::vector<std::string>>
open_key_store(KeySettings const& settings, CardSourceMaker const& cards = pcsc_card_source);

/// Looks for the same faults without claiming a store, which a running daemon has. Empty: none.
[[nodiscard]] std::vector<std::string> check_key_store(KeySettings const& settings);

} // namespace sscardd
