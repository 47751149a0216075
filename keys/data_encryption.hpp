#pragma once

#include "keys/block_cipher.hpp"

namespace keys {

/// Bytes of plain data that one encryption takes: a command's data field less length and padding.
inline constexpr std::size_t plain_size_max = 239;

/// Bytes that encrypt_data() writes for that many plain ones: the length byte and they, up to a
/// whole block.
[[nodiscard]] constexpr std::size_t encrypted_size(CipherKind kind, std::size_t plain_size) {
    std::size_t const block = block_size(kind);
    return (1 + plain_size + block - 1) / block * block;
}

/// Encrypts length ‖ `plain`, padded 80 00… only when that is no whole number of blocks, each block
/// by itself, into `out`. require: plain_size_max, and room for encrypted_size().
/// @returns bytes written. Errors: back_end_failed. card.md §3.5.
[[nodiscard]] CipherResult<std::size_t> encrypt_data(BlockCipher& cipher, CardKey const& key,
                                                     apdu::ByteView plain, apdu::ByteSpan out);

/// The other way round, for the card's side: the plain data into `out` (require: room for
/// `encrypted`). @returns bytes of plain data. Errors: back_end_failed; malformed: not 1 block to
/// 240 bytes of whole blocks, the length byte promises more, or the padding is another.
[[nodiscard]] CipherResult<std::size_t> decrypt_data(BlockCipher& cipher, CardKey const& key,
                                                     apdu::ByteView encrypted, apdu::ByteSpan out);

} // namespace keys
