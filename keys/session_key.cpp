#include "keys/session_key.hpp"

namespace keys {

CipherResult<CardKey> session_key(BlockCipher& cipher, CardKey const& key, apdu::ByteView random) {
    std::size_t const size = block_size(key.kind());
    apdu::require(random.size() == 4 || random.size() == 8 || random.size() == 16);
    apdu::require(random.size() <= size);
    std::array<std::uint8_t, block_size_max> bytes{};
    apdu::copy_bytes(random, bytes);
    apdu::ByteSpan const block = apdu::ByteSpan{bytes}.first(size);
    auto const encrypted = cipher.encrypt(key, block);
    if (!encrypted.ok()) {
        wipe(bytes);
        return encrypted.error();
    }
    CardKey session{key.kind() == CipherKind::sm4 ? CipherKind::sm4 : CipherKind::des, block};
    wipe(bytes);
    return session;
}

} // namespace keys
