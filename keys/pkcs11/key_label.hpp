#pragma once

#include "keys/master_key.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace keys::pkcs11 {

/// Bytes of a label that is looked at.
inline constexpr std::size_t label_size_max = 128;

/// Which master key an object of a token is.
struct KeyLabel {
    apdu::KeyName name;
    std::optional<std::uint8_t> version; ///< 1…3; none: for every version without one of its own
    Tier tier;
    CipherKind kind;
    bool is_test;

    /// Every member alike.
    [[nodiscard]] friend bool operator==(KeyLabel const&, KeyLabel const&) = default;
};

/// True for two keys that cannot be in one token: same name, card algorithm and version.
[[nodiscard]] inline bool have_one_place(KeyLabel const& left, KeyLabel const& right) {
    return left.name == right.name && left.version == right.version &&
           card_algorithm(left.kind) == card_algorithm(right.kind);
}

/// CKA_LABEL of such an object: "sscard IRK 3DES ministry", and maybe " v1" and " test". The cipher
/// of an 8-byte key is "DES".
[[nodiscard]] std::string to_text(KeyLabel const& label);

/// The key that a label names; nothing for one that is not exactly of that form, as every other
/// object of a token has.
[[nodiscard]] std::optional<KeyLabel> key_label_from_text(std::string_view text);

} // namespace keys::pkcs11
