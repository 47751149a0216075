#include "keys/check_value.hpp"

#include "keys/cmac.hpp"

namespace keys {

CipherResult<CheckValue> check_value_of(BlockCipher& cipher, CardKey const& key) {
    std::array<std::uint8_t, block_size_max> block{};
    auto const encrypted = cipher.encrypt(key, apdu::ByteSpan{block}.first(block_size(key.kind())));
    if (!encrypted.ok()) {
        return encrypted.error();
    }
    CheckValue value{};
    apdu::copy_bytes(apdu::ByteView{block}.first(value.size()), value);
    return value;
}

CipherResult<CheckValue> check_value_of(AesCipher& cipher, AesKey const& key) {
    auto const mac = cmac(cipher, key, AesBlock{});
    if (!mac.ok()) {
        return mac.error();
    }
    CheckValue value{};
    apdu::copy_bytes(apdu::ByteView{mac.value()}.first(value.size()), value);
    return value;
}

} // namespace keys
