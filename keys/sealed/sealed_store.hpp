#pragma once

#include "keys/sealed/held_keys.hpp"
#include "keys/sealed/sealing_key.hpp"
#include "keys/sealed/store_file.hpp"

#include <optional>

namespace keys::sealed {

/// What a file says without being opened: how it is sealed, and the mark of test keys, which
/// opening it proves. Faults: those of read_store_file() and parse_header().
[[nodiscard]] StoreResult<StoreHeader> read_store_header(std::filesystem::path const& path);

/// Master keys in one sealed file, which this process alone has. The file's form is told at
/// StoreHeader and parse_content(). Locked at first; every change is on the disk before it is in
/// memory. For one thread at a time; what keys() gave may be used by others meanwhile.
class SealedStore {
public:
    /// Claims the place of a store, there or not. Faults: those of StoreFile::claim().
    [[nodiscard]] static StoreResult<SealedStore> claim(std::filesystem::path path,
                                                        FileCalls& calls = system_calls());

    [[nodiscard]] std::filesystem::path const& path() const { return file_.path(); }

    /// Makes a store of these keys, maybe none, and opens it. A passphrase costs `cost`, within
    /// cost_min and cost_max. Faults: exists, secret_short, key_known, full, sealing_failed,
    /// not_written, maybe_not_kept (it is made and open), those of LockedMemory.
    [[nodiscard]] StoreResult<apdu::Done> create(SealingSecret const& secret, KeyBundle keys,
                                                 bool is_test,
                                                 ArgonCost const& cost = cost_default);

    /// Opens the store; a store that is open already is read anew. Faults: those of
    /// read_store_header(), SealingKey::derive() and SealingKey::open(); damaged (what was sealed
    /// is no store's content, or bears another mark than the header).
    [[nodiscard]] StoreResult<apdu::Done> open(SealingSecret const& secret);

    /// Forgets the keys; they are wiped when the last who works with them lets go.
    void lock();

    /// The keys; null while the store is locked.
    [[nodiscard]] std::shared_ptr<HeldKeys const> keys() const;

    /// The rest needs an open store (require). Faults of all: full, not_written (nothing has
    /// changed), maybe_not_kept (it has), sealing_failed, those of LockedMemory.

    /// Takes in more keys, all or none. Faults besides: key_known, marks_differ (`is_test` is not
    /// the store's mark).
    [[nodiscard]] StoreResult<apdu::Done> add(KeyBundle keys, bool is_test);
    /// Takes out the key of that name, algorithm and version (none: the one for any version). Fault
    /// besides: key_unknown.
    [[nodiscard]] StoreResult<apdu::Done> remove(apdu::KeyName name, Algorithm algorithm,
                                                 std::optional<std::uint8_t> version);
    /// The same for a terminal's key.
    [[nodiscard]] StoreResult<apdu::Done> remove(TerminalKeyPlace const& place);
    /// Takes away for good what stood in the store before its last change. Fault: maybe_not_kept.
    [[nodiscard]] StoreResult<apdu::Done> forget_previous() const {
        return file_.forget_previous();
    }
    /// Seals it by another secret, with a new salt. Fault besides: secret_short.
    [[nodiscard]] StoreResult<apdu::Done> change_secret(SealingSecret const& secret,
                                                        ArgonCost const& cost = cost_default);

private:
    /// An open store: what is in memory is what is in the file.
    struct Open {
        StoreHeader header;
        SealingKey key;
        std::shared_ptr<HeldKeys const> keys;
    };
    explicit SealedStore(StoreFile file) : file_{std::move(file)} {}
    [[nodiscard]] static StoreResult<Open> sealing(SealingSecret const& secret, bool is_test,
                                                   ArgonCost const& cost);
    [[nodiscard]] StoreResult<apdu::Done> write(Open const& next) const;
    [[nodiscard]] StoreResult<apdu::Done> become(Open next);
    template <typename IsMeant>
    [[nodiscard]] StoreResult<apdu::Done> leave_out(std::string const& name,
                                                    IsMeant const& is_meant);
    [[nodiscard]] StoreResult<apdu::Done> put_in(std::shared_ptr<HeldKeys const> keys);

    StoreFile file_;
    std::optional<Open> open_{};
};

} // namespace keys::sealed
