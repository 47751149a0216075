#pragma once

#include <array>
#include <string_view>

namespace api {

/// A word in which a terminal tells of itself in messages, and what it says to people, in English.
struct TerminalWord {
    std::string_view word;
    std::string_view text;
};

/// Why it started; in the order of HealthTag::start_reason, and the last for any other.
inline constexpr auto terminal_start_reasons = std::to_array<TerminalWord>({
    {"power", "power came"},
    {"watchdog", "its watchdog bit"},
    {"restart", "a restart"},
    {"unknown", "something unknown"},
});

/// How its keys are; in the order of HealthTag::keys, and the last for any other.
inline constexpr auto terminal_key_states = std::to_array<TerminalWord>({
    {"empty", "none"},
    {"provisioned", "transport key only"},
    {"loaded", "loaded"},
    {"exhausted", "used up"},
    {"damaged", "damaged"},
    {"unknown", "in an unknown state"},
});

/// Why it refused: the detail of terminal_refused.
inline constexpr auto terminal_refusals = std::to_array<TerminalWord>({
    {"no_key", "it lacks the key for that"},
    {"key_exhausted", "its transaction counters are used up"},
    {"random_failed", "its source of randomness failed"},
    {"tampered", "its case was opened"},
    {"malformed", "malformed data"},
    {"refused", "not for this terminal"},
    {"busy", "someone is typing at it"},
    {"memory_failed", "its memory failed"},
    {"provisioned", "it has a transport key already"},
    {"unknown", "it does not know that"},
    {"no_card", "no card in its user slot"},
    {"other_board", "an image for other boards"},
    {"not_signed", "an image without the right signature"},
    {"version_low", "an image of a lower version than it has had"},
    {"unconfirmed", "its new image must work for 10 s first"},
});

/// Its slots and links.
inline constexpr auto terminal_parts = std::to_array<TerminalWord>({
    {"slot_1", "user card"},
    {"slot_2", "SAM 1"},
    {"slot_3", "SAM 2"},
    {"link_1", "link of the PIN pad"},
    {"link_2", "link of the SAMs"},
});

/// What is counted of a slot, and of a link, in that order.
inline constexpr auto terminal_slot_counts = std::to_array<std::string_view>(
    {"activations", "cards removed", "exchanges", "mute", "parity errors", "protocol broken"});
inline constexpr auto terminal_link_counts =
    std::to_array<std::string_view>({"commands", "damaged frames", "answers out of date"});

} // namespace api
