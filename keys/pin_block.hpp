#pragma once

#include "keys/dukpt.hpp"
#include "keys/pan.hpp"
#include "keys/pin.hpp"

namespace keys {

/// An encrypted PIN block, ISO 9564-1 format 4.
using PinBlock = AesBlock;

/// Encrypts the PIN bound to a card: the PIN field, encrypted, XOR the PAN field, encrypted again.
/// `random` must be new for each block. Errors: back_end_failed. ISO 9564-1:2017, format 4.
[[nodiscard]] CipherResult<PinBlock> encrypt_pin_block(AesCipher& cipher, PinKey const& key,
                                                       Pin const& pin, Pan const& pan,
                                                       std::span<std::uint8_t const, 8> random);

/// The PIN of a block. Errors: back_end_failed; malformed, whatever is wrong with it (control
/// field, length, a digit, the fill; and so another key or card), and in the same time.
[[nodiscard]] CipherResult<Pin> decrypt_pin_block(AesCipher& cipher, PinKey const& key,
                                                  PinBlock const& block, Pan const& pan);

} // namespace keys
