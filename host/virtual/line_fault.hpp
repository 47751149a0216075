#pragma once

#include "apdu/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace virtual_card {

/// What can go wrong with a card's characters, below its commands.
enum class LineFaultKind : std::uint8_t {
    parity,        ///< character N has wrong parity once
    parity_always, ///< and each time that it is repeated
    silent,        ///< nothing comes from character N on, until the next reset
    babble,        ///< characters without end, from character N on
    pulled,        ///< the card leaves at character N
    late,          ///< character N comes 2000 etu late
    nulls,         ///< NULLs without end, or S(WTX) under T=1, instead of each answer
    bad_check,     ///< block N of the card's under T=1 has a wrong check
    bad_tck,       ///< the ATR's check byte is wrong
    bad_ts,        ///< the ATR's first character is none
};

/// One of them.
struct LineFault {
    LineFaultKind kind;
    /// N, from 1. Characters are counted both ways since the last reset; a repetition is no further
    /// one.
    std::optional<std::size_t> at{};
};

/// Reads "parity@7", "parity-always@7", "silent@7", "babble@7", "pulled@7", "late@7", "nulls",
/// "bad-check@2", "bad-tck", "bad-ts". Error: malformed; not_found where it is none of them, and
/// may be a fault of commands (parse_fault()).
[[nodiscard]] apdu::Result<LineFault> parse_line_fault(std::string_view text);

/// The fault of that kind at that number, or without one.
[[nodiscard]] bool has_fault(std::vector<LineFault> const& faults, LineFaultKind kind,
                             std::size_t number);

} // namespace virtual_card
