#pragma once

#include "keys/secret_bytes.hpp"

#include <optional>
#include <utility>

namespace keys {

/// The sizes of an AES key; the values are bytes. FIPS 197.
enum class AesSize : std::uint8_t { aes128 = 16, aes192 = 24, aes256 = 32 };

inline constexpr std::size_t aes_key_size_max = 32;
inline constexpr std::size_t aes_block_size = 16;

using AesBlock = std::array<std::uint8_t, aes_block_size>;

/// In bytes.
[[nodiscard]] constexpr std::size_t bytes_of(AesSize size) {
    return static_cast<std::size_t>(size);
}

/// The AES size of so many bytes, or nothing.
[[nodiscard]] std::optional<AesSize> aes_size_of(std::size_t bytes);

/// One secret AES key: of a terminal, never of a card.
class AesKey {
public:
    /// Takes a copy of `bytes`; the caller wipes its own. require: as many as `size` says.
    AesKey(AesSize size, apdu::ByteView bytes);

    [[nodiscard]] AesSize aes_size() const { return size_; }
    /// In bytes: 16, 24 or 32.
    [[nodiscard]] std::size_t size() const { return bytes_of(size_); }

    /// The size() bytes of the key; allowed in keys/ only.
    [[nodiscard]] apdu::ByteView expose() const {
        return apdu::ByteView{bytes_.expose()}.first(size());
    }

private:
    AesSize size_;
    SecretBytes<aes_key_size_max> bytes_;
};

} // namespace keys
