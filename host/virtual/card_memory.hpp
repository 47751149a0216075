#pragma once

#include "keys/key_table.hpp"

#include "apdu/bytes.hpp"

#include <array>
#include <optional>
#include <vector>

namespace virtual_card {

using Bytes = std::vector<std::uint8_t>;

/// The type byte of CREATE EF. cos-t514.md §3.
enum class FileKind : std::uint8_t {
    internal = 0xC3, ///< key file, FCI file, transaction file: the operating system's own
    transparent = 0xC4,
    fixed_records = 0xC5,
    variable_records = 0xC6,
    cyclic = 0xC7,
    directory_list = 0xD6, ///< DIR
};

/// The type byte of WRITE KEY; `pin` is the PIN. cos-t514.md §3.
using KeyType = keys::T514KeyType;

/// Level bytes of control conditions and keys. cos-t514.md §3, CREATE EF.
inline constexpr std::uint8_t level_free = 0x00;
inline constexpr std::uint8_t level_never = 0xEF;
inline constexpr std::uint8_t level_mk = 0xFF;

/// How keys and files name their algorithms. cos-t514.md §3.
inline constexpr std::uint8_t algorithm_des = 0x01;
inline constexpr std::uint8_t algorithm_sm4 = 0x03;

inline constexpr std::uint16_t mf_fid = 0x3F00;
inline constexpr std::uint8_t sfi_max = 0x1E;
inline constexpr std::size_t directory_name_size_max = 16;

/// Of a file; P1 = FF is no record number.
inline constexpr std::size_t records_max = 254;

/// Bytes of the operating system's in the size of a file with records. cos-t514.md §3.
inline constexpr std::size_t file_overhead = 2;

/// A nibble of StoredFile::scw: both controls must hold.
inline constexpr std::uint8_t scw_both = 0x04;

/// How often a key or the PIN may be wrong.
struct TryCounter {
    std::uint8_t maximum; ///< 0 or F: wrong ones are not counted (ASSUMED)
    std::uint8_t left;
    [[nodiscard]] bool counts() const { return maximum != 0 && maximum != 0x0F; }
    [[nodiscard]] bool is_locked() const { return counts() && left == 0; }
    friend bool operator==(TryCounter const&, TryCounter const&) = default;
};

/// A key or the PIN as it lies in a card's memory; in the clear, as what a chip holds is what this
/// program is about. It takes test keys, and its state file is as secret as a chip.
struct StoredKey {
    KeyType type;
    std::uint8_t id;      ///< P2 of EXTERNAL AUTHENTICATE; card.md §3.2
    std::uint8_t version; ///< 1…3
    TryCounter tries;
    std::uint8_t algorithm; ///< 00 3DES, 01 DES, 03 SM4; of the PIN: the level of PUK
    std::uint8_t level;     ///< reached by it
    Bytes value; ///< 8 or 16 bytes; of the PIN: BCD without padding FF, empty = no PIN set
    friend bool operator==(StoredKey const&, StoredKey const&) = default;
};

/// An elementary file. Sizes are in bytes.
struct StoredFile {
    std::uint16_t fid;
    std::uint8_t sfi; ///< 1…1E; 0: none
    FileKind kind;
    std::uint16_t size;         ///< as CREATE EF gave it
    std::uint8_t scw;           ///< high nibble reading, low nibble writing: 4 both controls, 0 one
    std::uint8_t record_length; ///< of fixed and cyclic records; internal: 18 keys, FF FCI, 00 TF
    std::array<std::uint8_t, 2> read_control; ///< level of PIN or global key, of the directory's
    std::array<std::uint8_t, 2> write_control;
    Bytes content{};              ///< of a transparent file
    std::vector<Bytes> records{}; ///< of the others; a cyclic file's newest first
    friend bool operator==(StoredFile const&, StoredFile const&) = default;
};

/// The last medical transaction, for GET TRANSACTION PROOF.
struct TransactionProof {
    std::uint8_t type; ///< 1 load, 2 settlement
    std::uint16_t sequence;
    std::array<std::uint8_t, 4> mac;
    std::array<std::uint8_t, 4> tac;
    friend bool operator==(TransactionProof const&, TransactionProof const&) = default;
};

/// 医疗保险金额文件: what the transaction file (TF) of DF04 holds. Amounts in fen. card.md §1.9.
struct MedicalAccount {
    std::uint16_t online_counter = 0;  ///< of loads
    std::uint16_t offline_counter = 0; ///< of purchases
    std::uint32_t balance = 0;
    std::uint32_t year_self_paid = 0;
    std::uint32_t year_pool = 0;
    std::uint16_t year = 0;         ///< BCD, of the two sums
    std::uint16_t starting_day = 0; ///< BCD MMDD, when a year starts
    std::optional<TransactionProof> proof{};
    friend bool operator==(MedicalAccount const&, MedicalAccount const&) = default;
};

/// The card's root, an environment in it, an application in that.
enum class DirectoryKind : std::uint8_t { mf, ddf, adf };

/// A directory: MF, the environment SSSE, or one of its applications.
struct StoredDirectory {
    DirectoryKind kind;
    std::uint16_t fid;
    Bytes name;                        ///< DF name or AID; may be empty
    std::optional<std::size_t> parent; ///< index in CardMemory::directories, below its own; MF none
    std::uint8_t lock_level;           ///< of the key that blocks it; 00: none of its own
    bool block_reaches_mf = false;     ///< of the MF: CARD BLOCK blocks it too
    std::uint8_t fci_sfi = 0;
    std::uint8_t key_sfi = 0;
    std::uint8_t transaction_sfi = 0;
    bool is_open = true;     ///< END STAGE has not come: no access rule holds inside
    bool is_blocked = false; ///< APPLICATION BLOCK
    std::vector<StoredKey> keys{};
    std::vector<StoredFile> files{};
    std::optional<MedicalAccount> account{};
    friend bool operator==(StoredDirectory const&, StoredDirectory const&) = default;
};

/// The key of a bare chip.
struct TransportKey {
    Bytes value;
    TryCounter tries;
    friend bool operator==(TransportKey const&, TransportKey const&) = default;
};

/// All that a card keeps without power. Plain values: what a command changes, it changes here.
struct CardMemory {
    keys::Algorithm algorithm;                  ///< of the chip's operating system and all its keys
    std::array<std::uint8_t, 13> historical;    ///< T1…TD of the ATR
    TransportKey transport_key;                 ///< in force while there is no directory
    std::vector<StoredDirectory> directories{}; ///< the MF first; a parent before its children
    bool is_blocked = false;                    ///< CARD BLOCK
    friend bool operator==(CardMemory const&, CardMemory const&) = default;
};

/// Bytes that the chip has for directories, keys and files; more is refused with 6A84. ASSUMED.
inline constexpr std::size_t memory_size_max = 65536;

/// Bytes of it that are taken, with 32 for the head of each directory, key and file.
[[nodiscard]] std::size_t memory_size(CardMemory const& memory);

/// A file by place: the directory's and the file's index.
struct FileIndex {
    std::size_t directory;
    std::size_t file;
    friend bool operator==(FileIndex const&, FileIndex const&) = default;
};

/// The file there.
[[nodiscard]] inline StoredFile const& file_at(CardMemory const& memory, FileIndex place) {
    return memory.directories[place.directory].files[place.file];
}

/// The file with that FID, or that SFI (1…1E), in one directory.
[[nodiscard]] std::optional<std::size_t> find_file_by_fid(StoredDirectory const& directory,
                                                          std::uint16_t fid);
[[nodiscard]] std::optional<std::size_t> find_file_by_sfi(StoredDirectory const& directory,
                                                          std::uint8_t sfi);

/// The environment (DDF) that `directory` is or stands in; nothing for the MF.
[[nodiscard]] std::optional<std::size_t> environment_of(CardMemory const& memory,
                                                        std::size_t directory);

/// The first key of a directory with that type, id and, where given, version.
[[nodiscard]] std::optional<std::size_t> find_key(StoredDirectory const& directory, KeyType type,
                                                  std::uint8_t id,
                                                  std::optional<std::uint8_t> version = {});

/// How many records a fixed or cyclic file has room for: what its size holds beside 2 bytes of the
/// operating system's. cos-t514.md §3.
[[nodiscard]] std::size_t record_capacity(StoredFile const& file);

} // namespace virtual_card
