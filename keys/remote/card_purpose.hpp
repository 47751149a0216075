#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keys::remote {

/// What an operation with a card's keys is for, in terms of the field.
enum class CardPurpose : std::uint8_t {
    card_read,
    card_write,
    pin_reset,
    pin_unblock,
    application_block,
    card_block,
    card_void,
    personalize_data,      ///< the data stage
    personalize_structure, ///< the structure stage
    personalize_card,      ///< both
};

inline constexpr std::size_t card_purpose_count = 10;

/// The purpose's stable name: "pin_reset".
[[nodiscard]] std::string_view to_text(CardPurpose purpose);

/// The purpose of that name, or nothing.
[[nodiscard]] std::optional<CardPurpose> card_purpose_from_text(std::string_view text);

} // namespace keys::remote
