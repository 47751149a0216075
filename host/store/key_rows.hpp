#pragma once

#include "host/store/key_set.hpp"

#include "keys/dukpt.hpp"

#include <vector>

namespace soci {
class session;
}

namespace store {

// The register's rows about keys, in the open database. What they throw, the caller catches.

/// The number of that text of a KeySet, which is added where it is new.
[[nodiscard]] int key_set_number(soci::session& sql, std::string const& keys);

/// The text of the keys that the newest blank or live card with those historical bytes has.
[[nodiscard]] std::string keys_of_card(soci::session& sql, std::string const& reset_info);

/// Each set of keys with how many blank and live cards have it.
[[nodiscard]] std::vector<KeySetCount> count_cards_by_keys(soci::session& sql);

/// Adds it as the newest.
void insert_rotation(soci::session& sql, Rotation const& rotation);

/// Notes that counter of a terminal; false where it is not above the last one.
[[nodiscard]] bool raise_counter(soci::session& sql, keys::InitialKeyId const& terminal,
                                 std::uint32_t counter);

/// All, the oldest first.
[[nodiscard]] std::vector<Rotation> select_rotations(soci::session& sql);

} // namespace store
