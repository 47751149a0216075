#include "keys/pin_command.hpp"

#include <algorithm>

namespace keys {
namespace {

using apdu::ccid::PinChange;
using apdu::ccid::PinCoding;
using apdu::ccid::PinFormat;
using apdu::ccid::PinOperation;

constexpr std::size_t lc_at = 4;
constexpr std::size_t data_at = 5;
constexpr std::size_t bits_of_byte = 8;
constexpr std::size_t bcd_bits = 4;
constexpr std::uint8_t ascii_zero = 0x30;
constexpr std::size_t lc_max = 255;

constexpr std::size_t bits_of_digit(PinCoding coding) {
    return coding == PinCoding::bcd ? bcd_bits : bits_of_byte;
}

/// Bytes that so many digits take.
constexpr std::size_t coded_size(PinFormat const& format, std::size_t digits) {
    return (digits * bits_of_digit(format.coding) + bits_of_byte - 1) / bits_of_byte;
}

/// Writes the low `bits` bits of `value` at a place counted in bits, the highest bit first.
void write_bits(apdu::ByteSpan out, std::size_t at, std::size_t bits, std::size_t value) {
    for (std::size_t i = 0; i < bits; ++i) {
        std::size_t const place = at + i;
        auto const mask = static_cast<std::uint8_t>(0x80U >> (place % bits_of_byte));
        bool const is_one = ((value >> (bits - 1 - i)) & 1U) != 0;
        std::uint8_t& byte = out[place / bits_of_byte];
        byte = static_cast<std::uint8_t>(is_one ? byte | mask : byte & ~mask);
    }
}

/// The command's data field as the host gave it: its size by Lc; a Le may be behind it.
std::size_t data_size_of(apdu::ByteView command) {
    return command.size() <= data_at
               ? 0
               : std::min<std::size_t>(command[lc_at], command.size() - data_at);
}

bool fits(PinFormat const& format, std::size_t data_size, std::size_t offset, std::size_t digits) {
    std::size_t const start = offset * bits_of_byte + format.position_bits;
    if (format.block_size == 0) { // put in between
        return start % bits_of_byte == 0 && start / bits_of_byte <= data_size &&
               format.length_bits == 0;
    }
    std::size_t const pin_bits = digits * bits_of_digit(format.coding);
    bool const is_in_block = pin_bits <= format.block_size * bits_of_byte;
    std::size_t const end =
        start +
        (format.is_right_justified || is_in_block ? format.block_size * bits_of_byte : pin_bits);
    std::size_t const length_end =
        offset * bits_of_byte + format.length_position_bits + format.length_bits;
    std::size_t const data_bits = data_size * bits_of_byte;
    return end <= data_bits && length_end <= data_bits &&
           (is_in_block || !format.is_right_justified);
}

} // namespace

bool PinCommand::has_room(PinOperation const& operation) {
    std::size_t const data_size = data_size_of(operation.command);
    std::size_t const digits = operation.digits_max;
    bool const is_whole =
        operation.command.size() <= data_at || operation.command.size() - data_at <= data_size + 1;
    if (digits > TypedPin::digits_max || !is_whole) {
        return false;
    }
    std::size_t pins = 1;
    bool is_placed = true;
    if (operation.change) {
        PinChange const& change = *operation.change;
        pins = change.asks_old ? 2 : 1;
        is_placed = fits(operation.format, data_size, change.new_at, digits) &&
                    (!change.asks_old || fits(operation.format, data_size, change.old_at, digits));
    } else {
        is_placed = fits(operation.format, data_size, 0, digits);
    }
    std::size_t const growth =
        operation.format.block_size == 0 ? pins * coded_size(operation.format, digits) : 0;
    return is_placed && data_size + growth <= lc_max;
}

/// Moves what is behind that place of the data field further, and fills the gap with ones.
void PinCommand::open_gap(std::size_t at, std::size_t size) {
    auto const start = bytes_.begin() + static_cast<std::ptrdiff_t>(data_at + at);
    auto const end = bytes_.begin() + static_cast<std::ptrdiff_t>(size_);
    std::copy_backward(start, end, end + static_cast<std::ptrdiff_t>(size));
    std::fill_n(start, size, std::uint8_t{0xFF});
    size_ += size;
    bytes_[lc_at] = static_cast<std::uint8_t>(bytes_[lc_at] + size);
}

void PinCommand::put(PinFormat const& format, std::size_t offset, TypedPin const& pin) {
    std::size_t start = offset * bits_of_byte + format.position_bits;
    std::size_t const digit_bits = bits_of_digit(format.coding);
    if (format.block_size == 0) {
        open_gap(start / bits_of_byte, coded_size(format, pin.size()));
    } else if (format.is_right_justified) {
        start += format.block_size * bits_of_byte - pin.size() * digit_bits;
    }
    apdu::ByteSpan const data = apdu::ByteSpan{bytes_}.subspan(data_at);
    for (std::uint8_t const digit : pin.expose()) {
        auto const zero = format.coding == PinCoding::ascii ? ascii_zero : std::uint8_t{0};
        write_bits(data, start, digit_bits, static_cast<std::size_t>(zero + digit));
        start += digit_bits;
    }
    write_bits(data, offset * bits_of_byte + format.length_position_bits, format.length_bits,
               pin.size());
}

void PinCommand::build(PinOperation const& operation, TypedPin const& current,
                       TypedPin const& fresh) {
    apdu::require(has_room(operation));
    clear();
    apdu::copy_bytes(operation.command, bytes_);
    size_ = std::max(operation.command.size(), data_at);
    if (!operation.change) {
        put(operation.format, 0, current);
        return;
    }
    // The later place first: what is put in between moves what is behind it.
    PinChange const& change = *operation.change;
    bool const is_new_later = change.new_at >= change.old_at;
    if (change.asks_old && !is_new_later) {
        put(operation.format, change.old_at, current);
    }
    put(operation.format, change.new_at, fresh);
    if (change.asks_old && is_new_later) {
        put(operation.format, change.old_at, current);
    }
}

void PinCommand::clear() {
    wipe(bytes_);
    size_ = 0;
}

} // namespace keys
