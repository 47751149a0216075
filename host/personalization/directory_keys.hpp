#pragma once

#include "host/personalization/profile.hpp"

#include "apdu/directory.hpp"
#include "keys/key_table.hpp"

#include <vector>

namespace personalization {

/// A key of a directory with the level that it reaches there.
struct LeveledKey {
    apdu::KeyName name;
    std::uint8_t id;     ///< card.md §3.2
    std::uint8_t groups; ///< its versions are 1…groups
    std::uint8_t level;
    keys::T514KeyType kind;
};

/// The keys that a directory is given, in ascending order of their ids; all versions of a key share
/// one level: a nibble doubled, 11, 22, … in that order (cos-t514.md §3; the order is ASSUMED). A
/// key without a known id is left out, and MKs are not among them.
[[nodiscard]] std::vector<LeveledKey> keys_of(apdu::Directory directory);

/// The level of that key, in the directory that holds it. require: keys_of() has it.
[[nodiscard]] std::uint8_t level_of(apdu::KeyName name);

/// The level of the PIN: the next one after the last key of SSSE.
[[nodiscard]] std::uint8_t pin_level();

/// The level of the key that blocks the directory: BK for SSSE, an application's LK; 00 where it
/// has none.
[[nodiscard]] std::uint8_t lock_level(apdu::Directory directory, CosProfile const& profile);

} // namespace personalization
