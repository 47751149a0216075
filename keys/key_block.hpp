#pragma once

#include "keys/aes_cipher.hpp"

#include <string_view>

namespace keys {

// Key blocks of version D: a key in transport, encrypted and bound to its header by AES and CMAC.
// ANSI X9.143:2021, which was ASC X9 TR-31:2018. The header says what the key is for; here it is
// text that is authenticated.

/// The key over keys in transport (KBPK): a terminal has one of its own.
class KeyBlockKey : public AesKey {
public:
    using AesKey::AesKey;
};

/// Characters of a header with its optional blocks: whole cipher blocks, and here at most three.
inline constexpr std::size_t key_block_header_max = 48;
/// Characters of the code at the end.
inline constexpr std::size_t key_block_mac_size = 2 * aes_block_size;
/// Bytes of the encrypted part: the key's length in bits (2 bytes), the key, random bytes.
[[nodiscard]] constexpr std::size_t key_data_size(AesSize size) {
    return (2 + bytes_of(size) + aes_block_size - 1) / aes_block_size * aes_block_size;
}
/// Random bytes that wrap_key() takes; it may need fewer.
inline constexpr std::size_t key_block_random_size = 14;

/// Characters of a whole key block.
[[nodiscard]] constexpr std::size_t key_block_size(std::size_t header_size, AesSize size) {
    return header_size + 2 * key_data_size(size) + key_block_mac_size;
}

/// A key block, ready to send; it holds no secret in the clear.
struct KeyBlock {
    std::array<char, key_block_size(key_block_header_max, AesSize::aes256)> text{};
    std::size_t size = 0;
    [[nodiscard]] std::string_view view() const { return {text.data(), size}; }
};

/// Wraps `key` under `protection`, behind `header`, which says the whole block's length. require:
/// header of 16, 32 or 48 characters; `protection` no smaller than `key`. Errors: back_end_failed.
[[nodiscard]] CipherResult<KeyBlock>
wrap_key(AesCipher& cipher, KeyBlockKey const& protection, std::string_view header,
         AesKey const& key, std::span<std::uint8_t const, key_block_random_size> random);

/// The key of `block`, of which `header_size` characters are the header. Errors: back_end_failed;
/// malformed, whatever is wrong: characters, sizes, the code, the key's length.
[[nodiscard]] CipherResult<AesKey> unwrap_key(AesCipher& cipher, KeyBlockKey const& protection,
                                              std::string_view block, std::size_t header_size);

} // namespace keys
