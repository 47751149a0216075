#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/card_making.hpp"
#include "host/virtual/contact_atr.hpp"
#include "host/virtual/fault.hpp"
#include "host/virtual/foreign_card.hpp"
#include "host/virtual/line_time.hpp"
#include "host/virtual/psam_making.hpp"
#include "host/virtual/vpcd_connection.hpp"

#include <filesystem>
#include <variant>

namespace virtual_card {

/// What a card starts as, where no state file says it.
enum class StartingForm : std::uint8_t { none, bare, blank, personalized, foreign, psam };

/// `sscard-virtual card …` and `sscard-virtual psam …`
struct CardOptions {
    CardPlan plan{};
    StartingForm form = StartingForm::none;
    std::vector<std::filesystem::path>
        persons{}; ///< the n-th card is of the n-th; the last repeats
    ForeignKind foreign = ForeignKind::bank;
    PsamPlan psam{};
    std::filesystem::path keys{};
    std::filesystem::path state{};
    std::vector<Endpoint> endpoints{}; ///< one for each card, all different
    std::vector<Fault> faults{};
    std::optional<std::chrono::milliseconds> back_after{}; ///< nothing: never
    AntiTearing anti_tearing = AntiTearing::none;
    std::optional<LineTime> line_time{}; ///< nothing: answers come at once
    bool traces = false;
    std::filesystem::path contacts{}; ///< a terminal's stream, instead of the first endpoint
    ContactSettings contact_settings{};

    /// The plan of the n-th card (from 0): its serial number counted up.
    [[nodiscard]] CardPlan plan_of(std::size_t card) const;
    /// The state file of the n-th card (from 0); empty: none is kept.
    [[nodiscard]] std::filesystem::path state_of(std::size_t card) const;
};

/// `sscard-virtual pad …`
struct PadOptions {
    std::filesystem::path link; ///< where the terminal listens
};

/// What the command line asks for: cards, or only to print something and exit with that status.
struct Exit {
    int status;
};
using CommandLine = std::variant<CardOptions, PadOptions, Exit>;

/// Exit statuses.
inline constexpr int exit_ended = 0;
inline constexpr int exit_no_card = 1;
inline constexpr int exit_usage = 2;

/// Reads the arguments; help goes to stdout, what is wrong to stderr.
[[nodiscard]] CommandLine parse_command_line(int argc, char const* const* argv);

} // namespace virtual_card
