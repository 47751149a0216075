#pragma once

#include "keys/block_cipher.hpp"
#include "keys/exchange_values.hpp"

namespace keys {

/// Eight bytes that prove `key` over `value`: its encryption; on SM4 that of value ‖ zeros, left
/// half XOR right half. Errors: back_end_failed. card.md §3.5.
[[nodiscard]] CipherResult<AuthenticationData> prove_key(BlockCipher& cipher, CardKey const& key,
                                                         std::span<std::uint8_t const, 8> value);

/// Authentication data: the session key of `key` and `process`, proved over `original`. The answer
/// to INTERNAL AUTHENTICATE and the data of EXTERNAL AUTHENTICATE. Errors: back_end_failed.
/// card.md §3.5.
[[nodiscard]] CipherResult<AuthenticationData> authentication_data(BlockCipher& cipher,
                                                                   CardKey const& key,
                                                                   Challenge const& process,
                                                                   Challenge const& original);

} // namespace keys
