#include "keys/pin_block.hpp"

#include "keys/wiped_buffer.hpp"

namespace keys {
namespace {

constexpr unsigned control_format_4 = 4;
constexpr unsigned fill = 0xA;
/// Nibbles after control field and length that hold digits and fill.
constexpr std::size_t places = 14;
constexpr std::size_t random_offset = 8;

static_assert(places >= pin_digits_max);

void add_field(AesBlock const& other, AesBlock& field) {
    for (std::size_t i = 0; i < field.size(); ++i) {
        field[i] ^= other[i];
    }
}

unsigned nibble_at(apdu::ByteView bytes, std::size_t place) {
    unsigned const byte = bytes[place / 2];
    return place % 2 == 0 ? byte >> 4U : byte & 0x0FU;
}

/// The PIN field: control field, length, digits, fill, random bytes.
void write_pin_field(Pin const& pin, std::span<std::uint8_t const, 8> random, AesBlock& field) {
    apdu::ByteView const bcd = pin.expose();
    unsigned const padding = nibble_at(bcd, 2 * bcd.size() - 1) == 0x0F ? 1 : 0;
    std::size_t const length = 2 * bcd.size() - padding;
    field[0] = static_cast<std::uint8_t>((control_format_4 << 4U) | length);
    for (std::size_t i = 0; i < places; i += 2) {
        unsigned const high = i < length ? nibble_at(bcd, i) : fill;
        unsigned const low = i + 1 < length ? nibble_at(bcd, i + 1) : fill;
        field[1 + i / 2] = static_cast<std::uint8_t>((high << 4U) | low);
    }
    apdu::copy_bytes(random, apdu::ByteSpan{field}.subspan(random_offset));
}

/// All ones where left < right, else 0; both small. Without a branch.
constexpr unsigned less(unsigned left, unsigned right) { return 0U - ((left - right) >> 31U); }

static_assert(less(3, 4) == ~0U && less(4, 4) == 0 && less(5, 4) == 0);

/// The PIN of a PIN field. Looks at all of it, whatever it finds, before it says anything.
CipherResult<Pin> read_pin_field(AesBlock const& field) {
    unsigned const length = field[0] & 0x0FU;
    unsigned wrong = nibble_at(field, 0) ^ control_format_4;
    wrong |= less(length, pin_digits_min) | less(pin_digits_max, length);
    std::array<char, places> digits{};
    for (std::size_t i = 0; i < places; ++i) {
        unsigned const nibble = nibble_at(field, 2 + i);
        unsigned const is_digit = less(static_cast<unsigned>(i), length);
        wrong |= is_digit & less(9, nibble);
        wrong |= ~is_digit & (nibble ^ fill);
        digits[i] = static_cast<char>('0' + nibble);
        // Hides what is known so far, so that the compiler cannot leave the loop early.
        asm volatile("" : "+r"(wrong));
    }
    if (wrong != 0) {
        wipe(std::span{reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
        return CipherError::malformed;
    }
    auto pin = Pin::from_digits({digits.data(), length});
    wipe(std::span{reinterpret_cast<std::uint8_t*>(digits.data()), digits.size()});
    return std::move(pin).value();
}

} // namespace

CipherResult<PinBlock> encrypt_pin_block(AesCipher& cipher, PinKey const& key, Pin const& pin,
                                         Pan const& pan, std::span<std::uint8_t const, 8> random) {
    WipedBuffer<aes_block_size> buffer;
    AesBlock& field = buffer.expose();
    write_pin_field(pin, random, field);
    auto const once = cipher.encrypt(key, field);
    if (!once.ok()) {
        return once.error();
    }
    add_field(pan.field(), field);
    auto const twice = cipher.encrypt(key, field);
    if (!twice.ok()) {
        return twice.error();
    }
    return PinBlock{field};
}

CipherResult<Pin> decrypt_pin_block(AesCipher& cipher, PinKey const& key, PinBlock const& block,
                                    Pan const& pan) {
    WipedBuffer<aes_block_size> buffer;
    AesBlock& field = buffer.expose();
    field = block;
    auto const once = cipher.decrypt(key, field);
    if (!once.ok()) {
        return once.error();
    }
    add_field(pan.field(), field);
    auto const twice = cipher.decrypt(key, field);
    if (!twice.ok()) {
        return twice.error();
    }
    return read_pin_field(field);
}

} // namespace keys
