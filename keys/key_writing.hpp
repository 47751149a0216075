#pragma once

#include "keys/secret_command.hpp"
#include "keys/secured_command.hpp"

namespace keys {

/// Type, id, version, EF, error counter, algorithm, level reached, length. cos-t514.md §3.
using KeyHeader = std::array<std::uint8_t, 8>;

/// Bytes of a key or PIN as WRITE KEY carries it in the clear, filled up with F.
inline constexpr std::size_t key_body_size = 16;

/// WRITE KEY 00 D4 `p1` 00 18: header and key in the clear. cos-t514.md §3.
[[nodiscard]] SecretCommand plain_write_key_command(std::uint8_t p1, KeyHeader const& header,
                                                    CardKey const& key);

/// WRITE KEY 84 D4 `p1` 00: header and key encrypted under the directory's MK, with a MAC by the
/// same MK that starts from `challenge`, the card's last. Errors: back_end_failed. cos-t514.md §3.
[[nodiscard]] CipherResult<SecuredCommand>
write_key_command(BlockCipher& cipher, CardKey const& mk, std::uint8_t p1, KeyHeader const& header,
                  CardKey const& key, std::array<std::uint8_t, 4> const& challenge);

/// The same for the PIN, P1 00: filled up with F to 16 bytes.
[[nodiscard]] CipherResult<SecuredCommand>
write_pin_command(BlockCipher& cipher, CardKey const& mk, KeyHeader const& header, Pin const& pin,
                  std::array<std::uint8_t, 4> const& challenge);

} // namespace keys
