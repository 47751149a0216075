#include "keys/transport_key.hpp"

#include "keys/authentication_data.hpp"

namespace keys {

CipherResult<AuthenticationData> transport_proof(BlockCipher& cipher, CardKey const& key,
                                                 std::span<std::uint8_t const, 6> transport_data) {
    std::array<std::uint8_t, 8> value{};
    apdu::copy_bytes(transport_data, apdu::ByteSpan{value}.subspan(2));
    return prove_key(cipher, key, value);
}

} // namespace keys
