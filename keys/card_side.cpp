#include "keys/card_side.hpp"

#include "keys/authentication_data.hpp"
#include "keys/constant_time.hpp"
#include "keys/mac.hpp"
#include "keys/transport_key.hpp"

namespace keys {
namespace {

constexpr std::size_t header_size = 5;

CipherResult<bool> matches(CipherResult<AuthenticationData> const& expected,
                           AuthenticationData const& presented) {
    if (!expected.ok()) {
        return expected.error();
    }
    return equal_in_constant_time(expected.value(), presented);
}

} // namespace

CipherResult<bool> has_right_mac(BlockCipher& cipher, CardKey const& key, apdu::ByteView command,
                                 apdu::ByteView initial) {
    std::size_t const code_size = std::tuple_size_v<Mac>;
    if (command.size() < header_size + code_size) {
        return false;
    }
    auto const expected = mac(cipher, key, command.first(command.size() - code_size), initial);
    if (!expected.ok()) {
        return expected.error();
    }
    return equal_in_constant_time(expected.value(), command.last(code_size));
}

CipherResult<bool> is_right_authentication(BlockCipher& cipher, CardKey const& key,
                                           Challenge const& process, Challenge const& original,
                                           AuthenticationData const& presented) {
    return matches(authentication_data(cipher, key, process, original), presented);
}

CipherResult<bool> is_right_transport_proof(BlockCipher& cipher, CardKey const& key,
                                            std::span<std::uint8_t const, 6> transport_data,
                                            AuthenticationData const& presented) {
    return matches(transport_proof(cipher, key, transport_data), presented);
}

std::size_t store_on_card(CardKey const& key, apdu::ByteSpan out) {
    apdu::copy_bytes(key.expose(), out);
    return key.size();
}

} // namespace keys
