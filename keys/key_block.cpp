#include "keys/key_block.hpp"

#include "keys/cmac.hpp"
#include "keys/constant_time.hpp"
#include "keys/hex_text.hpp"
#include "keys/wiped_buffer.hpp"

namespace keys {
namespace {

constexpr std::size_t data_size_max = key_data_size(AesSize::aes256);

/// What is authenticated: header and data in the clear.
using ClearBlock = WipedBuffer<key_block_header_max + data_size_max>;

/// The two keys that come from a protection key.
enum class BlockUse : std::uint8_t { encryption = 0x00, authentication = 0x01 };

/// The key of that use: CMACs over a counter, the use, and the key's algorithm and length.
CipherResult<AesKey> derive_block_key(AesCipher& cipher, KeyBlockKey const& protection,
                                      BlockUse use) {
    WipedBuffer<2 * aes_block_size> key;
    std::size_t const bits = 8 * protection.size();
    for (std::size_t at = 0; at < protection.size(); at += aes_block_size) {
        std::array<std::uint8_t, 8> const data{
            static_cast<std::uint8_t>(1 + at / aes_block_size),
            0x00,
            static_cast<std::uint8_t>(use),
            0x00,
            0x00,
            static_cast<std::uint8_t>(protection.size() / 8), // 02 AES-128, 03 AES-192, 04 AES-256
            static_cast<std::uint8_t>(bits >> 8U),
            static_cast<std::uint8_t>(bits)};
        auto part = cmac(cipher, protection, data);
        if (!part.ok()) {
            return part.error();
        }
        apdu::copy_bytes(part.value(), apdu::ByteSpan{key.expose()}.subspan(at));
        wipe(part.value());
    }
    return AesKey{protection.aes_size(), apdu::ByteView{key.expose()}.first(protection.size())};
}

void add_block(apdu::ByteView other, apdu::ByteSpan block) {
    for (std::size_t i = 0; i < aes_block_size; ++i) {
        block[i] ^= other[i];
    }
}

/// CBC, in place; the code is the initial value.
CipherResult<apdu::Done> encrypt_key_data(AesCipher& cipher, KeyBlockKey const& protection,
                                          AesBlock const& code, apdu::ByteSpan data) {
    auto const key = derive_block_key(cipher, protection, BlockUse::encryption);
    if (!key.ok()) {
        return key.error();
    }
    apdu::ByteView before = code;
    for (; !data.empty(); data = data.subspan(aes_block_size)) {
        apdu::ByteSpan const block = data.first(aes_block_size);
        add_block(before, block);
        auto const done = cipher.encrypt(key.value(), block);
        if (!done.ok()) {
            return done.error();
        }
        before = block;
    }
    return apdu::Done{};
}

/// The other way round: `encrypted` into `data` of the same size.
CipherResult<apdu::Done> decrypt_key_data(AesCipher& cipher, KeyBlockKey const& protection,
                                          AesBlock const& code, apdu::ByteView encrypted,
                                          apdu::ByteSpan data) {
    auto const key = derive_block_key(cipher, protection, BlockUse::encryption);
    if (!key.ok()) {
        return key.error();
    }
    apdu::copy_bytes(encrypted, data);
    auto const done = cipher.decrypt(key.value(), data);
    if (!done.ok()) {
        return done.error();
    }
    apdu::ByteView before = code;
    for (std::size_t at = 0; at < data.size(); at += aes_block_size) {
        add_block(before, data.subspan(at, aes_block_size));
        before = encrypted.subspan(at, aes_block_size);
    }
    return apdu::Done{};
}

CipherResult<AesBlock> code_over(AesCipher& cipher, KeyBlockKey const& protection,
                                 apdu::ByteView clear) {
    auto const key = derive_block_key(cipher, protection, BlockUse::authentication);
    if (!key.ok()) {
        return key.error();
    }
    return cmac(cipher, key.value(), clear);
}

void copy_text(std::string_view from, apdu::ByteSpan to) {
    for (std::size_t i = 0; i < from.size(); ++i) {
        to[i] = static_cast<std::uint8_t>(from[i]);
    }
}

/// The key in the decrypted data, by its length in bits.
CipherResult<AesKey> key_in(apdu::ByteView data) {
    std::size_t const bits = (std::size_t{data[0]} << 8U) | data[1];
    auto const size = aes_size_of(bits / 8);
    if (bits % 8 != 0 || !size || 2 + bytes_of(*size) > data.size()) {
        return CipherError::malformed;
    }
    return AesKey{*size, data.subspan(2, bytes_of(*size))};
}

} // namespace

CipherResult<KeyBlock> wrap_key(AesCipher& cipher, KeyBlockKey const& protection,
                                std::string_view header, AesKey const& key,
                                std::span<std::uint8_t const, key_block_random_size> random) {
    apdu::require(!header.empty() && header.size() <= key_block_header_max &&
                  header.size() % aes_block_size == 0 && key.size() <= protection.size());
    std::size_t const data_size = key_data_size(key.aes_size());
    ClearBlock buffer;
    apdu::ByteSpan const clear = apdu::ByteSpan{buffer.expose()}.first(header.size() + data_size);
    apdu::ByteSpan const data = clear.last(data_size);
    copy_text(header, clear);
    data[0] = static_cast<std::uint8_t>(8 * key.size() >> 8U);
    data[1] = static_cast<std::uint8_t>(8 * key.size());
    apdu::copy_bytes(key.expose(), data.subspan(2));
    apdu::copy_bytes(random.first(data_size - 2 - key.size()), data.subspan(2 + key.size()));

    auto const code = code_over(cipher, protection, clear);
    if (!code.ok()) {
        return code.error();
    }
    auto const encrypted = encrypt_key_data(cipher, protection, code.value(), data);
    if (!encrypted.ok()) {
        return encrypted.error();
    }
    KeyBlock block{};
    block.size = key_block_size(header.size(), key.aes_size());
    header.copy(block.text.data(), header.size());
    std::span<char> const text = std::span{block.text}.subspan(header.size());
    write_hex(data, text);
    write_hex(code.value(), text.subspan(2 * data_size));
    return block;
}

CipherResult<AesKey> unwrap_key(AesCipher& cipher, KeyBlockKey const& protection,
                                std::string_view block, std::size_t header_size) {
    if (header_size == 0 || header_size > key_block_header_max ||
        header_size % aes_block_size != 0 || block.size() < header_size + key_block_mac_size) {
        return CipherError::malformed;
    }
    std::size_t const data_text = block.size() - header_size - key_block_mac_size;
    std::size_t const data_size = data_text / 2;
    std::array<std::uint8_t, data_size_max> encrypted_bytes{};
    AesBlock code{};
    if (data_size == 0 || data_size > data_size_max || data_size % aes_block_size != 0) {
        return CipherError::malformed;
    }
    apdu::ByteSpan const encrypted = apdu::ByteSpan{encrypted_bytes}.first(data_size);
    if (!read_hex(block.substr(header_size, data_text), encrypted) ||
        !read_hex(block.substr(header_size + data_text), code)) {
        return CipherError::malformed;
    }
    ClearBlock buffer;
    apdu::ByteSpan const clear = apdu::ByteSpan{buffer.expose()}.first(header_size + data_size);
    copy_text(block.substr(0, header_size), clear);
    auto const decrypted =
        decrypt_key_data(cipher, protection, code, encrypted, clear.last(data_size));
    if (!decrypted.ok()) {
        return decrypted.error();
    }
    auto const expected = code_over(cipher, protection, clear);
    if (!expected.ok()) {
        return expected.error();
    }
    if (!equal_in_constant_time(expected.value(), code)) {
        return CipherError::malformed;
    }
    return key_in(clear.last(data_size));
}

} // namespace keys
