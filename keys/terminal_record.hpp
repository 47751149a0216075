#pragma once

#include "keys/dukpt_terminal.hpp"
#include "keys/key_block.hpp"

namespace keys {

/// All keys of a terminal. About 1.2 kB.
struct TerminalKeys {
    /// As provisioned: without an initial key yet.
    TerminalKeys(InitialKeyId const& id, KeyBlockKey transport_key)
        : transport{std::move(transport_key)}, dukpt{id} {}

    KeyBlockKey transport;
    DukptTerminal dukpt;
    /// Of the initial key that was loaded; nothing before.
    std::optional<AesSize> initial_size;
};

/// Where one record is kept without power: as many bytes as a record has, erased before.
class RecordPlace {
public:
    RecordPlace() = default;
    RecordPlace(RecordPlace const&) = delete;
    RecordPlace& operator=(RecordPlace const&) = delete;
    virtual ~RecordPlace() = default;

    /// Offsets count from the record's start.
    virtual void read(std::size_t offset, apdu::ByteSpan out) = 0;
    /// Multiples of 8 bytes at offsets of such, each once and in their order. False: it failed.
    [[nodiscard]] virtual bool write(std::size_t offset, apdu::ByteView bytes) = 0;
};

/// Bytes of a record: a head, the transport key, 32 registers, of 32 bytes each; then the checksum
/// and the seal, of 8 bytes each.
inline constexpr std::size_t terminal_record_size = 34 * 32 + 2 * 8;

/// What is found in a place.
enum class RecordCondition : std::uint8_t {
    none,     ///< nothing, or a record that was not written to its end
    broken,   ///< one that was, and whose bytes have changed since
    unsealed, ///< whole but for its very last word
    sealed,   ///< whole
};

/// A record by its head.
struct FoundRecord {
    RecordCondition condition;
    /// Where it is whole: the higher, the later it was written.
    std::uint32_t sequence;
    /// Whole, sealed or not.
    [[nodiscard]] bool is_whole() const { return condition >= RecordCondition::unsealed; }
};

/// Looks at a place; the time does not depend on what is found.
[[nodiscard]] FoundRecord find_record(RecordPlace& place);

/// Writes the keys; false: the place failed.
[[nodiscard]] bool write_record(RecordPlace& place, TerminalKeys const& keys,
                                std::uint32_t sequence);

/// Reads the keys in place. False, and `keys` is empty: no whole record, or one that no
/// write_record() makes.
[[nodiscard]] bool read_record(RecordPlace& place, std::optional<TerminalKeys>& keys);

} // namespace keys
