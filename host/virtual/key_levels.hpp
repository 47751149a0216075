#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/directory.hpp"

namespace virtual_card {

/// A key that a directory has, as its rows in the key table and its level say.
struct LeveledKey {
    apdu::KeyName name;
    std::uint8_t id;
    std::uint8_t versions; ///< 1…versions
    KeyType type;
    std::uint8_t level;
};

/// The keys of a directory but its MK, in ascending order of their ids, each a level: 11, 22 …
/// (ASSUMED order). A key without a known id is none of them.
[[nodiscard]] std::vector<LeveledKey> leveled_keys(apdu::Directory directory);

/// The level of a key in its directory; level_never for one that no card has.
[[nodiscard]] std::uint8_t level_of(apdu::KeyName name);

/// The level of the PIN: behind the keys of the SSSE.
[[nodiscard]] std::uint8_t pin_level();

/// The level of the key that blocks a directory: BK, LK; level_free where there is none.
[[nodiscard]] std::uint8_t lock_level(apdu::Directory directory);

} // namespace virtual_card
