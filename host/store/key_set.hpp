#pragma once

#include "host/store/card_entry.hpp"

#include "keys/key_reference.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace store {

/// A master key that a key of a card comes from, by everything but itself.
struct KeyMark {
    apdu::KeyName name;
    std::uint8_t version;      ///< on the card, 1…3
    std::string check_value{}; ///< 6 hex digits, of the master key

    friend bool operator==(KeyMark const&, KeyMark const&) = default;
};

/// "UKSSSE/2/0514AC".
[[nodiscard]] std::string to_text(KeyMark const& mark);
/// Nothing for anything else than what to_text() gives.
[[nodiscard]] std::optional<KeyMark> key_mark_from_text(std::string_view text);

/// The keys of one card.
using KeySet = std::vector<KeyMark>;

/// Marks with a blank between; empty: no keys, which says that they are not known.
[[nodiscard]] std::string to_text(KeySet const& keys);
[[nodiscard]] std::optional<KeySet> key_set_from_text(std::string_view text);

/// True where the card's key is that one.
[[nodiscard]] bool holds(KeySet const& keys, KeyMark const& mark);

/// How many cards have the same keys.
struct KeySetCount {
    KeySet keys; ///< empty: not known
    std::optional<keys::Algorithm> algorithm;
    CardState state; ///< blank or live
    std::size_t cards;
};

/// The office went over to that version of a key, for all cards that have it.
struct Rotation {
    keys::Algorithm algorithm;
    KeyMark to;
    std::string since{}; ///< UTC

    friend bool operator==(Rotation const&, Rotation const&) = default;
};

} // namespace store
