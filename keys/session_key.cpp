#include "keys/session_key.hpp"

namespace keys {

CipherResult<CardKey> session_key(BlockCipher& cipher, CardKey const& key, apdu::ByteView random) {
    std::size_t const size = block_size(key.kind());
    apdu::require(random.size() == 4 || random.size() == 8 || random.size() == 16);
    apdu::require(random.size() <= size);
    std::array<std::uint8_t, block_size_max> block{};
    apdu::copy_bytes(random, block);
    CipherKind const kind = key.kind() == CipherKind::sm4 ? CipherKind::sm4 : CipherKind::des;
    return cipher.derive(key, kind, apdu::ByteView{block}.first(size));
}

} // namespace keys
