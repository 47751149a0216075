#include "keys/data_encryption.hpp"

namespace keys {
namespace {

inline constexpr std::size_t encrypted_size_max = 240;
using Buffer = std::array<std::uint8_t, encrypted_size_max>;

static_assert(encrypted_size(CipherKind::sm4, plain_size_max) == encrypted_size_max);
static_assert(encrypted_size(CipherKind::des, plain_size_max) == encrypted_size_max);

bool is_padding(apdu::ByteView bytes) {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != (i == 0 ? 0x80 : 0x00)) {
            return false;
        }
    }
    return true;
}

/// Takes length and padding off `blocks`; the data into `out`.
CipherResult<std::size_t> take_apart(CipherKind kind, apdu::ByteView blocks, apdu::ByteSpan out) {
    std::size_t const size = blocks[0];
    if (size >= blocks.size() || encrypted_size(kind, size) != blocks.size() ||
        !is_padding(blocks.subspan(1 + size))) {
        return CipherError::malformed;
    }
    apdu::copy_bytes(blocks.subspan(1, size), out);
    return size;
}

} // namespace

CipherResult<std::size_t> encrypt_data(BlockCipher& cipher, CardKey const& key,
                                       apdu::ByteView plain, apdu::ByteSpan out) {
    apdu::require(plain.size() <= plain_size_max);
    std::size_t const size = encrypted_size(key.kind(), plain.size());
    apdu::require(size <= out.size());
    Buffer buffer{};
    buffer[0] = static_cast<std::uint8_t>(plain.size());
    apdu::copy_bytes(plain, apdu::ByteSpan{buffer}.subspan(1));
    if (1 + plain.size() < size) {
        buffer[1 + plain.size()] = 0x80;
    }
    apdu::ByteSpan const blocks = apdu::ByteSpan{buffer}.first(size);
    auto const encrypted = cipher.encrypt(key, blocks);
    if (!encrypted.ok()) {
        wipe(buffer);
        return encrypted.error();
    }
    apdu::copy_bytes(blocks, out);
    return size;
}

CipherResult<std::size_t> decrypt_data(BlockCipher& cipher, CardKey const& key,
                                       apdu::ByteView encrypted, apdu::ByteSpan out) {
    apdu::require(encrypted.size() <= out.size());
    if (encrypted.empty() || encrypted.size() > encrypted_size_max ||
        encrypted.size() % block_size(key.kind()) != 0) {
        return CipherError::malformed;
    }
    Buffer buffer{};
    apdu::copy_bytes(encrypted, buffer);
    apdu::ByteSpan const blocks = apdu::ByteSpan{buffer}.first(encrypted.size());
    auto const decrypted = cipher.decrypt(key, blocks);
    if (!decrypted.ok()) {
        wipe(buffer);
        return decrypted.error();
    }
    auto const size = take_apart(key.kind(), blocks, out);
    wipe(buffer);
    return size;
}

} // namespace keys
