#include "keys/remote/card_purpose.hpp"

#include <array>

namespace keys::remote {
namespace {

constexpr std::array<std::string_view, card_purpose_count> purpose_names{
    "card_read",  "card_write", "pin_reset",        "pin_unblock",           "application_block",
    "card_block", "card_void",  "personalize_data", "personalize_structure", "personalize_card"};

} // namespace

std::string_view to_text(CardPurpose purpose) {
    return purpose_names.at(static_cast<std::size_t>(purpose));
}

std::optional<CardPurpose> card_purpose_from_text(std::string_view text) {
    for (std::size_t i = 0; i < purpose_names.size(); ++i) {
        if (purpose_names.at(i) == text) {
            return static_cast<CardPurpose>(i);
        }
    }
    return std::nullopt;
}

} // namespace keys::remote
