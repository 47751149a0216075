#include "keys/terminal_record.hpp"

#include "apdu/little_endian.hpp"
#include "keys/record_bytes.hpp"
#include "keys/wiped_buffer.hpp"

#include <algorithm>

namespace keys {
namespace {

constexpr std::size_t piece_size = 32;
constexpr unsigned register_count = 32;
/// The head, the transport key, the registers.
constexpr unsigned first_register = 2;
constexpr unsigned piece_count = first_register + register_count;
constexpr std::size_t checksum_at = piece_count * piece_size;
constexpr std::size_t seal_at = checksum_at + record_word_size;
static_assert(seal_at + record_word_size == terminal_record_size);
static_assert(piece_size == aes_key_size_max);

using Piece = WipedBuffer<piece_size>;

// The head's fields by their place.
constexpr std::size_t transport_size_at = 5;
constexpr std::size_t initial_size_at = 6; ///< 0: none was loaded
constexpr std::size_t id_at = 8;
constexpr std::size_t sequence_at = 16;
constexpr std::size_t counter_at = 20;
constexpr std::size_t registers_at = 24; ///< a bit for each register that has a key
constexpr std::size_t zeros_at = 28;

constexpr std::array<std::uint8_t, 5> magic{'S', 'S', 'T', 'K', 1};
constexpr RecordWord seal{'w', 'h', 'o', 'l', 'e', 0x5A, 0xA5, 0x00};

bool is_zero(apdu::ByteView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

/// A key of that size, and zeros up to the end.
std::optional<AesKey> read_key(AesSize size, apdu::ByteView piece) {
    if (!is_zero(piece.subspan(bytes_of(size)))) {
        return std::nullopt;
    }
    return AesKey{size, piece.first(bytes_of(size))};
}

} // namespace

/// The one place that reads and fills a terminal's registers but for itself.
class RegisterPieces {
public:
    static std::uint32_t counter(DukptTerminal const& terminal) { return terminal.counter_; }

    /// A bit for each register with a key.
    static std::uint32_t filled(DukptTerminal const& terminal) {
        std::uint32_t bits = 0;
        for (unsigned i = 0; i < register_count; ++i) {
            bits |= terminal.registers_[i] ? 1U << i : 0U;
        }
        return bits;
    }

    /// Leaves `out` where the register is empty.
    static void write(DukptTerminal const& terminal, unsigned index, apdu::ByteSpan out) {
        if (terminal.registers_[index]) {
            apdu::copy_bytes(terminal.registers_[index]->expose(), out);
        }
    }

    static void set_counter(DukptTerminal& terminal, std::uint32_t counter) {
        terminal.counter_ = counter;
    }

    static void fill(DukptTerminal& terminal, unsigned index, AesKey key) {
        terminal.registers_[index].emplace(std::move(key));
    }
};

namespace {

void write_head(TerminalKeys const& keys, std::uint32_t sequence, apdu::ByteSpan out) {
    apdu::copy_bytes(magic, out);
    out[transport_size_at] = static_cast<std::uint8_t>(keys.transport.size());
    out[initial_size_at] =
        keys.initial_size ? static_cast<std::uint8_t>(bytes_of(*keys.initial_size)) : 0;
    apdu::copy_bytes(keys.dukpt.id().bytes, out.subspan(id_at));
    apdu::put_32(sequence, out.subspan(sequence_at));
    apdu::put_32(RegisterPieces::counter(keys.dukpt), out.subspan(counter_at));
    apdu::put_32(RegisterPieces::filled(keys.dukpt), out.subspan(registers_at));
}

void write_piece(TerminalKeys const& keys, std::uint32_t sequence, unsigned index,
                 apdu::ByteSpan out) {
    if (index == 0) {
        write_head(keys, sequence, out);
    } else if (index < first_register) {
        apdu::copy_bytes(keys.transport.expose(), out);
    } else {
        RegisterPieces::write(keys.dukpt, index - first_register, out);
    }
}

/// A head that write_head() makes: what it says fits together.
bool is_head(apdu::ByteView head) {
    std::uint32_t const counter = apdu::get_32(head.subspan(counter_at));
    bool const is_loaded = head[initial_size_at] != 0;
    bool const has_registers = apdu::get_32(head.subspan(registers_at)) != 0;
    return apdu::equal_bytes(head.first(magic.size()), magic) &&
           aes_size_of(head[transport_size_at]) &&
           (!is_loaded || aes_size_of(head[initial_size_at])) && head[id_at - 1] == 0 &&
           is_zero(head.subspan(zeros_at)) && (counter == 0 || is_transaction_counter(counter)) &&
           (is_loaded || (counter == 0 && !has_registers));
}

/// The transport key, into `keys`, which is made of it and the head.
bool read_transport(RecordPlace& place, apdu::ByteView head, std::optional<TerminalKeys>& keys) {
    Piece piece;
    place.read(piece_size, piece.expose());
    auto key = read_key(*aes_size_of(head[transport_size_at]), piece.expose());
    if (!key) {
        return false;
    }
    InitialKeyId id{};
    apdu::copy_bytes(head.subspan(id_at, id.bytes.size()), id.bytes);
    keys.emplace(id, KeyBlockKey{key->aes_size(), key->expose()});
    keys->initial_size = aes_size_of(head[initial_size_at]);
    return true;
}

bool read_registers(RecordPlace& place, apdu::ByteView head, TerminalKeys& keys) {
    std::uint32_t const filled = apdu::get_32(head.subspan(registers_at));
    RegisterPieces::set_counter(keys.dukpt, apdu::get_32(head.subspan(counter_at)));
    for (unsigned i = 0; i < register_count; ++i) {
        Piece piece;
        place.read((first_register + i) * piece_size, piece.expose());
        if ((filled >> i & 1U) == 0) {
            if (!is_zero(piece.expose())) {
                return false;
            }
            continue;
        }
        auto key = read_key(*keys.initial_size, piece.expose());
        if (!key) {
            return false;
        }
        RegisterPieces::fill(keys.dukpt, i, *std::move(key));
    }
    return true;
}

} // namespace

FoundRecord find_record(RecordPlace& place) {
    std::uint32_t crc = crc_32_start;
    std::uint32_t sequence = 0;
    for (unsigned i = 0; i < piece_count; ++i) {
        Piece piece;
        place.read(i * piece_size, piece.expose());
        crc = crc_32(crc, piece.expose());
        if (i == 0) {
            sequence = apdu::get_32(apdu::ByteView{piece.expose()}.subspan(sequence_at));
        }
    }
    RecordWord checksum{};
    RecordWord last{};
    place.read(checksum_at, checksum);
    place.read(seal_at, last);
    bool const is_whole = checksum == checksum_word(crc);
    bool const is_sealed = last == seal;
    if (!is_whole) {
        return {is_sealed ? RecordCondition::broken : RecordCondition::none, 0};
    }
    return {is_sealed ? RecordCondition::sealed : RecordCondition::unsealed, sequence};
}

bool write_record(RecordPlace& place, TerminalKeys const& keys, std::uint32_t sequence) {
    std::uint32_t crc = crc_32_start;
    for (unsigned i = 0; i < piece_count; ++i) {
        Piece piece;
        write_piece(keys, sequence, i, piece.expose());
        crc = crc_32(crc, piece.expose());
        if (!place.write(i * piece_size, piece.expose())) {
            return false;
        }
    }
    return place.write(checksum_at, checksum_word(crc)) && place.write(seal_at, seal);
}

bool read_record(RecordPlace& place, std::optional<TerminalKeys>& keys) {
    keys.reset();
    Piece head;
    place.read(0, head.expose());
    bool const is_read = find_record(place).is_whole() && is_head(head.expose()) &&
                         read_transport(place, head.expose(), keys) &&
                         read_registers(place, head.expose(), *keys);
    if (!is_read) {
        keys.reset();
    }
    return is_read;
}

} // namespace keys
