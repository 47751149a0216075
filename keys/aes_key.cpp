#include "keys/aes_key.hpp"

namespace keys {
namespace {

SecretBytes<aes_key_size_max> whole_aes_key(AesSize size, apdu::ByteView bytes) {
    apdu::require(bytes.size() == bytes_of(size));
    std::array<std::uint8_t, aes_key_size_max> whole{};
    apdu::copy_bytes(bytes, whole);
    SecretBytes<aes_key_size_max> secret{whole};
    wipe(whole);
    return secret;
}

} // namespace

std::optional<AesSize> aes_size_of(std::size_t bytes) {
    for (AesSize const size : {AesSize::aes128, AesSize::aes192, AesSize::aes256}) {
        if (bytes == bytes_of(size)) {
            return size;
        }
    }
    return std::nullopt;
}

AesKey::AesKey(AesSize size, apdu::ByteView bytes)
    : size_{size}, bytes_{whole_aes_key(size, bytes)} {}

} // namespace keys
