#pragma once

#include "keys/block_cipher.hpp"
#include "keys/exchange_values.hpp"

namespace keys {

/// The 8 bytes of VERIFY TRANSPORT KEY: the key proved over 00 00 ‖ T8…TD. SM4 is ASSUMED to be as
/// authentication data, left half XOR right half. Errors: back_end_failed. cos-t514.md §3.
[[nodiscard]] CipherResult<AuthenticationData>
transport_proof(BlockCipher& cipher, CardKey const& key,
                std::span<std::uint8_t const, 6> transport_data);

} // namespace keys
