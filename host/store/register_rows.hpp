#pragma once

#include "host/store/card_entry.hpp"

#include <vector>

namespace soci {
class session;
}

namespace store {

/// The cards that fit, the newest first. Throws what SOCI throws.
[[nodiscard]] std::vector<CardEntry> select_cards(soci::session& sql, CardFilter const& filter);

/// Adds a card. Throws what SOCI throws.
void insert_card(soci::session& sql, CardEntry const& card);

/// The condition that a row is about the card whose ATR says :chip now. A chip in making has the
/// one or the other historical bytes; a card that is made has the new ones for certain.
inline constexpr char const* is_of_chip = "(reset_info = :chip OR (chip = :chip AND made_at = ''))";

} // namespace store
