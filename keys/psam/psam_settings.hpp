#pragma once

#include "keys/diversification.hpp"
#include "keys/key_table.hpp"

namespace keys::psam {

/// What a key in a PSAM may do: the low five bits of its usage byte. card.md §3.3.
enum class PsamKeyType : std::uint8_t {
    purchase = 0x02,
    mac = 0x06,
    encryption = 0x07,
    mac_and_encryption = 0x08,
    load = 0x09,
    tac = 0x0C,
};

/// The low five bits of its usage byte.
[[nodiscard]] constexpr PsamKeyType type_of(PsamKey key) {
    return static_cast<PsamKeyType>(key.usage & 0x1FU);
}
/// How many dispersals lie between the key and the card's, 0…7: the high three bits.
[[nodiscard]] constexpr unsigned dispersals_of(PsamKey key) { return key.usage >> 5U; }
/// What its type allows.
[[nodiscard]] constexpr bool can_mac(PsamKey key) {
    return type_of(key) == PsamKeyType::mac || type_of(key) == PsamKeyType::mac_and_encryption;
}
[[nodiscard]] constexpr bool can_encrypt(PsamKey key) {
    return type_of(key) == PsamKeyType::encryption ||
           type_of(key) == PsamKeyType::mac_and_encryption;
}

/// Usage and id of one key where they are not those of the key table.
struct PsamKeyPlace {
    apdu::KeyName name;
    PsamKey key;
};

/// How the provinces' PSAMs differ. card.md §3.2, §3.3.
struct PsamSettings {
    /// Of the keys that are no level-1 roots: 1 in a PSAM with city keys, 2 with province keys.
    std::uint8_t dispersals = 1;
    std::span<PsamKeyPlace const> exceptions{}; ///< borrowed
    /// Whose keys it has; nothing: that of its terminal number.
    std::optional<std::array<std::uint8_t, 3>> region{};
    bool holds_test_keys = false; ///< a PSAM does not tell
};

/// The key in the PSAM that is used for `name`; nothing where none is known.
[[nodiscard]] std::optional<PsamKey> psam_key_of(PsamSettings const& settings, apdu::KeyName name);

/// True when keys of that many dispersals, in a PSAM of region `own`, serve a card of `region`:
/// level-1 roots every card, a province's keys its own, a city's its own.
[[nodiscard]] bool serves(unsigned dispersals, std::array<std::uint8_t, 3> const& own,
                          std::array<std::uint8_t, 3> const& region);

} // namespace keys::psam
