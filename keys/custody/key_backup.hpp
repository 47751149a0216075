#pragma once

#include "keys/custody/custody_fault.hpp"
#include "keys/custody/secret_shares.hpp"
#include "keys/sealed/held_keys.hpp"

#include "keys/check_value.hpp"
#include "keys/master_key.hpp"

#include <optional>
#include <string>
#include <vector>

namespace keys::custody {

/// A share as its custodian holds it: 1 byte, its number; 32 bytes, its value.
inline constexpr std::size_t share_size = 1 + shared_secret_size;
/// Shares of a backup at most.
inline constexpr std::size_t shares_max = 8;

/// What tells shares and backups apart without telling them: the first 3 bytes of SHA-256.
[[nodiscard]] CheckValue fingerprint_of(apdu::ByteView bytes);

/// The open first part of a backup's file. Numbers are big-endian.
///
///     at  bytes
///      0      8  "SSCARDKB"
///      8      2  format version, 1
///     10      1  1: test keys, else 0
///     11      1  shares that are needed, 2 to 8
///     12      1  shares that there are, needed to 8
///     13     16  number of the backup, random
///     29     12  nonce
///     41    8*32 for each share SHA-256 over the backup's number and the share; zeros behind
///    297         keys as in a store (keys/sealed/store_content.hpp), under AES-256-GCM with the
///                shared secret as key, and all that stands before as additional data
struct BackupHeader {
    bool is_test = false;
    std::uint8_t needed = 0;
    std::uint8_t count = 0;
    std::array<std::uint8_t, 16> number{};
    std::array<std::uint8_t, 12> nonce{};
    std::array<std::array<std::uint8_t, 32>, shares_max> proofs{};
};

inline constexpr std::size_t backup_header_size = 297;

/// The header as it stands in a file.
[[nodiscard]] std::array<std::uint8_t, backup_header_size>
encode_header(BackupHeader const& header);
/// Reads the header of a whole file. Fault: backup_malformed.
[[nodiscard]] CustodyResult<BackupHeader> parse_backup_header(apdu::ByteView file);

/// A new backup: a file, and shares for custodians, in locked memory.
class NewBackup {
public:
    /// Seals those keys under a fresh secret and splits it. Faults: memory_unlocked, failed.
    /// require: 2 <= needed <= count <= shares_max.
    [[nodiscard]] static CustodyResult<NewBackup> make(MasterKeySet const& masters,
                                                       std::size_t needed, std::size_t count);

    [[nodiscard]] std::vector<std::uint8_t> const& file() const { return file_; }
    /// What a custodian writes down. The caller wipes it.
    [[nodiscard]] std::string text_of(std::size_t index) const;
    [[nodiscard]] CheckValue check_value(std::size_t index) const;
    /// Looks whether a share was written down as it was shown. Faults: part_malformed,
    /// check_value_differs, part_not_shown.
    [[nodiscard]] CustodyResult<CheckValue> compare(std::size_t index, std::string_view typed,
                                                    std::optional<CheckValue> const& expected);
    /// True when all shares were.
    [[nodiscard]] bool is_written_down() const;

private:
    NewBackup(std::vector<std::uint8_t> file, sealed::LockedMemory shares, std::size_t count)
        : file_{std::move(file)}, shares_{std::move(shares)}, compared_(count, false) {}
    [[nodiscard]] apdu::ByteView share(std::size_t index) const;
    std::vector<std::uint8_t> file_;
    sealed::LockedMemory shares_; ///< share_size each
    std::vector<bool> compared_;
};

/// A backup that is opened again by as many shares as it needs, in locked memory.
class OpenedBackup {
public:
    /// Faults: backup_malformed, memory_unlocked.
    [[nodiscard]] static CustodyResult<OpenedBackup> begin(std::vector<std::uint8_t> file);

    [[nodiscard]] BackupHeader const& header() const { return header_; }
    [[nodiscard]] CheckValue fingerprint() const { return fingerprint_of(file_); }
    /// Takes any share, in the place of an earlier one of that custodian's. Faults:
    /// part_malformed, check_value_differs, part_foreign, part_repeated.
    [[nodiscard]] CustodyResult<CheckValue> take(std::size_t index, std::string_view typed,
                                                 std::optional<CheckValue> const& expected);
    /// The keys. Faults: part_missing, backup_damaged, memory_unlocked, failed.
    [[nodiscard]] CustodyResult<std::shared_ptr<sealed::HeldKeys>> open() const;

private:
    OpenedBackup(std::vector<std::uint8_t> file, BackupHeader header, sealed::LockedMemory shares)
        : file_{std::move(file)}, header_{header}, shares_{std::move(shares)} {}
    [[nodiscard]] apdu::ByteSpan share(std::size_t index) const;
    std::vector<std::uint8_t> file_;
    BackupHeader header_;
    sealed::LockedMemory shares_; ///< share_size each; number 0: not there
};

} // namespace keys::custody
