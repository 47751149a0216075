#pragma once

#include "apdu/result.hpp"
#include "apdu/status_word.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace virtual_card {

/// What can go wrong.
enum class FaultKind : std::uint8_t {
    mute,                 ///< no answer until the next reset
    wrong_mac,            ///< every MAC that comes or goes is spoiled
    wrong_authentication, ///< the answer to INTERNAL AUTHENTICATE is spoiled
    slow,                 ///< the answer comes late
    status,               ///< another status word, and the command is not carried out
    removal,              ///< out of the reader before the command is carried out
    removal_after,        ///< out of the reader after that, before its answer
    power_cut,            ///< without power before the command is carried out
    power_cut_after,      ///< without power after that, before its answer
    cut_write,            ///< without power before a write of the memory
    torn_write,           ///< without power in the middle of a write of the memory
    // At the contacts only; see is_contact_fault().
    parity,        ///< one character has wrong parity, once
    parity_always, ///< all characters from that one on have wrong parity
    mute_at,       ///< nothing more from that character on, until the next reset
    babble,        ///< characters without end from that character on, until the next reset
    flipped_bit,   ///< one character has one wrong bit and right parity, once; "flip" in texts
    extra,         ///< a character that nobody sent comes before that one, once
    nulls_forever, ///< from that command on, or always, works on each for ever, under T=0
    wtx_forever,   ///< the same under T=1
    pull_at,       ///< out of the reader at that character, once
    wrong_code,    ///< a block of the card ends with a wrong code, once; "lrc" in texts
    bad_tck,       ///< the check byte of the answer to reset is wrong
    bad_ts,        ///< the answer to reset begins with something else
};

/// One thing that goes wrong with a card.
struct Fault {
    FaultKind kind;
    /// At which command, from 1, GET RESPONSE and repetitions counted; nothing: at each. A mute
    /// card without a number answers no reset either. Of `cut_write` and `torn_write`: at which
    /// write of the memory, from 1. Of faults at the contacts but those two that work for ever: at
    /// which character since the reset, counted both ways, from 1; of `wrong_code`: at which block
    /// of the card's.
    std::optional<std::size_t> at{};
    apdu::StatusWord status = apdu::sw::no_precise_diagnosis; ///< of `status`
    std::chrono::milliseconds delay{0};                       ///< of `slow`
    std::uint8_t bit = 0;          ///< of `flipped_bit`: 0 to 7, 0 the lowest
    std::uint8_t character = 0xA5; ///< of `babble` and `extra`
};

/// Reads "mute", "mute@5", "wrong-mac", "wrong-authentication", "slow:500ms", "slow:2s@3",
/// "status:6F00@12", "removal@7", "removal-after@7", "power-cut@9", "power-cut-after@9",
/// "cut-write@11", "torn-write@11", "parity@20", "parity-always@20", "mute-at@20", "babble@20",
/// "babble:60@20", "flip:7@20", "extra:60@20", "nulls-forever", "wtx-forever@3", "pull-at@20",
/// "lrc@2", "bad-tck", "bad-ts". Error: malformed; whatever takes the card or its power away needs
/// its number, the answer to reset has none; numbers are 1…999999, delays up to an hour.
[[nodiscard]] apdu::Result<Fault> parse_fault(std::string_view text);

/// True of what goes wrong with characters, which only a card at its contacts has.
[[nodiscard]] bool is_contact_fault(FaultKind kind);

/// True of what takes the card, or its power, away, so that it can come back.
[[nodiscard]] bool takes_card_or_power(FaultKind kind);

/// The text that parse_fault() reads as that fault.
[[nodiscard]] std::string text_of(Fault const& fault);

/// Every way to take a card or its power away once in the course of work that sends `commands`
/// commands and makes `writes` writes of its memory: before and after each command, before and in
/// the middle of each write. For tests that try them all.
[[nodiscard]] std::vector<Fault> every_interruption(std::size_t commands, std::size_t writes);

/// Reads "500ms" or "2s", up to an hour. Error: malformed.
[[nodiscard]] apdu::Result<std::chrono::milliseconds> parse_duration(std::string_view text);

} // namespace virtual_card
