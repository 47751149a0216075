#pragma once

#include "keys/algorithm.hpp"
#include "keys/secret_bytes.hpp"

#include "apdu/require.hpp"

#include <optional>

namespace keys {

/// Which cipher a key is for. A 3DES card also holds single-DES keys: its STKs, and every session
/// key. card.md §3.2, §3.5.
enum class CipherKind : std::uint8_t { des, des3, sm4 };

inline constexpr std::size_t key_size_max = 16;
inline constexpr std::size_t block_size_max = 16;

/// Bytes of a key: 8 for DES, 16 for two-key 3DES and SM4.
[[nodiscard]] constexpr std::uint8_t key_size(CipherKind kind) {
    return kind == CipherKind::des ? 8 : 16;
}

/// Bytes of a block: 8 for DES and 3DES, 16 for SM4.
[[nodiscard]] constexpr std::uint8_t block_size(CipherKind kind) {
    return kind == CipherKind::sm4 ? 16 : 8;
}

/// The cipher of a key of `size` bytes on a card of that algorithm; nothing where there is no
/// such key, and for SSF33.
[[nodiscard]] std::optional<CipherKind> cipher_kind(Algorithm algorithm, std::size_t size);

/// The algorithm of the cards that hold keys of that kind.
[[nodiscard]] constexpr Algorithm card_algorithm(CipherKind kind) {
    return kind == CipherKind::sm4 ? Algorithm::sm4 : Algorithm::des3;
}

/// The number that a token gives a key that stays inside it, never 0.
using TokenObject = std::uint64_t;

/// One secret key: a master key, what is diversified from it, or a session key; its bytes, or where
/// a token holds it.
class CardKey {
public:
    /// Takes a copy of `bytes`; the caller wipes its own. require: size is key_size(kind).
    CardKey(CipherKind kind, apdu::ByteView bytes);
    /// A key inside a token: for the one BlockCipher that knows that number, as long as it says.
    /// require: object is not 0.
    CardKey(CipherKind kind, TokenObject object);

    /// The same key once more.
    [[nodiscard]] CardKey duplicate() const;

    [[nodiscard]] CipherKind kind() const { return kind_; }
    /// Where the key is inside a token; nothing for one whose bytes are here.
    [[nodiscard]] std::optional<TokenObject> token_object() const {
        return object_ == 0 ? std::nullopt : std::optional{object_};
    }
    /// In bytes, 8 or 16.
    [[nodiscard]] std::size_t size() const { return key_size(kind_); }

    /// The size() bytes of the key; allowed in keys/ only. require: no token_object().
    [[nodiscard]] apdu::ByteView expose() const {
        return apdu::ByteView{expose_whole()}.first(size());
    }

    /// What a two-key 3DES or SM4 cipher takes: a DES key is given twice, which makes 3DES the same
    /// as DES. Allowed in keys/ only. require: no token_object().
    [[nodiscard]] std::span<std::uint8_t const, key_size_max> expose_whole() const {
        apdu::require(object_ == 0);
        return bytes_.expose();
    }

private:
    CipherKind kind_;
    TokenObject object_ = 0;
    SecretBytes<key_size_max> bytes_;
};

} // namespace keys
