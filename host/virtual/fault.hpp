#pragma once

#include "apdu/result.hpp"
#include "apdu/status_word.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace virtual_card {

/// What can go wrong.
enum class FaultKind : std::uint8_t {
    mute,                 ///< no answer until the next reset
    wrong_mac,            ///< every MAC that comes or goes is spoiled
    wrong_authentication, ///< the answer to INTERNAL AUTHENTICATE is spoiled
    slow,                 ///< the answer comes late
    status,               ///< another status word, and the command is not carried out
    removal,              ///< out of the reader before the command is carried out
    power_cut,            ///< without power before the command is carried out
};

/// One thing that goes wrong with a card.
struct Fault {
    FaultKind kind;
    /// At which command, from 1, GET RESPONSE and repetitions counted; nothing: at each. A mute
    /// card without a number answers no reset either.
    std::optional<std::size_t> at{};
    apdu::StatusWord status = apdu::sw::no_precise_diagnosis; ///< of `status`
    std::chrono::milliseconds delay{0};                       ///< of `slow`
};

/// Reads "mute", "mute@5", "wrong-mac", "wrong-authentication", "slow:500ms", "slow:2s@3",
/// "status:6F00@12", "removal@7", "power-cut@9". Error: malformed; a removal or power cut needs its
/// command, numbers are 1…999999, delays up to an hour.
[[nodiscard]] apdu::Result<Fault> parse_fault(std::string_view text);

/// Reads "500ms" or "2s", up to an hour. Error: malformed.
[[nodiscard]] apdu::Result<std::chrono::milliseconds> parse_duration(std::string_view text);

} // namespace virtual_card
