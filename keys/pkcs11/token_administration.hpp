#pragma once

#include "keys/pkcs11/token.hpp"

#include "keys/block_cipher.hpp"

namespace keys::pkcs11 {

/// What cards of each algorithm need and the token cannot do: the algorithm, and the mechanism by
/// its part, "derive". An algorithm that has no mechanisms in the settings lacks "all".
[[nodiscard]] std::vector<std::pair<Algorithm, std::string>> lacking(Token const& token);

/// Why those keys cannot be taken into the token: key_known, or a cipher that it has not.
[[nodiscard]] std::optional<TokenFault> refusal_of(Token const& token, MasterKeySet masters);

/// Takes the keys, whose bytes are here, into the token: each wrapped by RSA-OAEP under a key pair
/// made for that and unwrapped inside, as tokens demand that take no key in the clear. All of
/// them or none: those written are destroyed where a later one fails. `software` works out check
/// values.
[[nodiscard]] TokenResult<apdu::Done> write_keys(Token& token, BlockCipher& software,
                                                 MasterKeySet masters);

/// Destroys the token's key of that name, card algorithm and version; false: it has none.
[[nodiscard]] TokenResult<bool> destroy_key(Token& token, apdu::KeyName name, Algorithm algorithm,
                                            std::optional<std::uint8_t> version);

} // namespace keys::pkcs11
