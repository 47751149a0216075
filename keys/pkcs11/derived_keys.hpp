#pragma once

#include "keys/card_key.hpp"

#include <p11-kit/pkcs11.h>

#include <array>
#include <vector>

namespace keys::pkcs11 {

/// Derived keys that one session keeps at most: those of a city and of some cards.
inline constexpr std::size_t derived_keys_max = 32;

/// The key below another one, by that data.
struct Derivation {
    CK_OBJECT_HANDLE from;
    CipherKind kind;
    std::array<std::uint8_t, key_size_max> data; ///< 8 bytes are followed by zeros

    /// Every member alike.
    [[nodiscard]] friend bool operator==(Derivation const&, Derivation const&) = default;
};

/// Which derived keys a session's token holds, the one used longest ago first to go.
class DerivedKeys {
public:
    /// The key of that derivation, which counts as used; 0: the token has none.
    [[nodiscard]] CK_OBJECT_HANDLE find(Derivation const& derivation);
    /// How a key was made; nothing for one that was not derived here.
    [[nodiscard]] std::optional<Derivation> derivation_of(CK_OBJECT_HANDLE key) const;
    /// Takes a new key; gives those that go for it, with all that comes from them: the caller
    /// destroys them.
    [[nodiscard]] std::vector<CK_OBJECT_HANDLE> add(Derivation const& derivation,
                                                    CK_OBJECT_HANDLE key);

private:
    struct Entry {
        Derivation derivation;
        CK_OBJECT_HANDLE key;
    };
    std::vector<Entry> entries_{}; ///< the one used longest ago first
};

} // namespace keys::pkcs11
