#pragma once

#include "host/personalization/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace store {

/// What a card is to the office.
enum class CardState : std::uint8_t {
    in_making,
    blank,  ///< the structure stage is over
    live,   ///< a person's
    voided, ///< of no use to anybody any more
};

/// "in_making", "blank", "live", "voided".
[[nodiscard]] std::string_view to_text(CardState state);
[[nodiscard]] std::optional<CardState> card_state_from_text(std::string_view text);

/// One card of the register. What is not known is empty. Times are UTC, "2026-07-01T08:30:00Z".
struct CardEntry {
    std::string reset_info; ///< 26 hex digits: of its ATR; in making, those that it is to have
    std::string chip;       ///< the same when its making began
    std::string card_id;
    std::string card_number;
    std::string person; ///< social security number
    std::optional<apdu::SpecVersion> version;
    std::optional<keys::Algorithm> algorithm;
    std::string region;
    std::optional<personalization::Stage> stage; ///< of the last making
    CardState state;
    std::string reason;      ///< of void
    std::string replaced_by; ///< reset_info of the card that took its place
    std::string batch;       ///< that its last making belonged to
    bool test_keys;
    std::string keys;     ///< to_text(KeySet): what its keys come from
    std::string began_at; ///< its last making
    std::string made_at;  ///< blank or live since
    std::string voided_at;
};

/// The reason of a card whose person was given another.
inline constexpr std::string_view reason_replaced = "replaced";
/// The reason of a card that was made anew: the chip has another entry.
inline constexpr std::string_view reason_rewritten = "rewritten";

/// Which cards to list; what is not given does not matter.
struct CardFilter {
    std::optional<std::string> chip{}; ///< 26 hex digits: what a card's ATR says now
    std::optional<std::string> person{};
    std::optional<std::string> card_number{};
    std::optional<std::string> batch{};
    std::optional<CardState> state{};
    std::optional<std::string> made_with{};     ///< to_text(KeyMark): has that key
    std::optional<std::string> not_made_with{}; ///< its keys are known, and that is none of them
    std::optional<std::string> since{};         ///< its last making began then or later
    bool spoiled = false;                       ///< void without ever having been a person's
    std::size_t limit = 1000;
};

} // namespace store
