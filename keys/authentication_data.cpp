#include "keys/authentication_data.hpp"

#include "keys/session_key.hpp"

namespace keys {

CipherResult<AuthenticationData> prove_key(BlockCipher& cipher, CardKey const& key,
                                           std::span<std::uint8_t const, 8> value) {
    std::size_t const size = block_size(key.kind());
    std::array<std::uint8_t, block_size_max> block{};
    apdu::copy_bytes(value, block);
    auto const encrypted = cipher.encrypt(key, apdu::ByteSpan{block}.first(size));
    if (!encrypted.ok()) {
        wipe(block);
        return encrypted.error();
    }
    AuthenticationData data{};
    for (std::size_t i = 0; i < size; ++i) {
        data[i % data.size()] ^= block[i];
    }
    wipe(block);
    return data;
}

CipherResult<AuthenticationData> authentication_data(BlockCipher& cipher, CardKey const& key,
                                                     Challenge const& process,
                                                     Challenge const& original) {
    auto const session = session_key(cipher, key, process);
    if (!session.ok()) {
        return session.error();
    }
    return prove_key(cipher, session.value(), original);
}

} // namespace keys
