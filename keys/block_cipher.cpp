#include "keys/block_cipher.hpp"

namespace keys {

CipherResult<CardKey> BlockCipher::derive(CardKey const& key, CipherKind kind,
                                          apdu::ByteView bytes) {
    std::array<std::uint8_t, key_size_max> buffer{};
    apdu::copy_bytes(bytes, buffer);
    auto const encrypted = encrypt(key, apdu::ByteSpan{buffer}.first(bytes.size()));
    if (!encrypted.ok()) {
        wipe(buffer);
        return encrypted.error();
    }
    CardKey made{kind, apdu::ByteView{buffer}.first(bytes.size())};
    wipe(buffer);
    return made;
}

CipherResult<CardKey> BlockCipher::in_memory(CardKey const& key) { return key.duplicate(); }

} // namespace keys
