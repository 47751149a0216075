#pragma once

#include "host/virtual/faulty_card.hpp"
#include "host/virtual/line_time.hpp"
#include "host/virtual/stop_event.hpp"
#include "host/virtual/vpcd_connection.hpp"

#include <functional>
#include <string_view>

namespace virtual_card {

/// What is told of one exchange: no data.
struct ExchangeTrace {
    std::array<std::uint8_t, 5> header; ///< CLA INS P1 P2 P3; P3 00 where there is none
    std::size_t command_size;
    std::size_t response_size;              ///< data and status word
    std::optional<apdu::StatusWord> status; ///< none: no answer
};

/// That of a command and what came of it.
[[nodiscard]] ExchangeTrace trace_of(apdu::ByteView command, ExchangeOutcome const& outcome);

/// What somebody wants to know while a card is in its reader.
struct CardEvents {
    std::function<void()> attached{};
    std::function<void(std::string_view why)> detached{}; ///< by itself, not by being told to stop
    std::function<void()> waiting{}; ///< nobody listens yet; once for each wait
    std::function<void(ExchangeTrace const&)> exchanged{};
};

/// A card in a virtual reader of vpcd, again and again until it is told to stop.
struct Insertion {
    Endpoint endpoint;
    /// How long a card stays away after a removal, or off after a power cut; nothing: for ever.
    std::optional<std::chrono::milliseconds> back_after{};
    /// What an answer to a command or a reset takes, from when that came; nothing: no time. A
    /// `slow` fault comes on top.
    std::optional<LineTime> line_time{};
    CardEvents events{};
};

/// Keeps `card` in the reader until `stop`: waits for vpcd, serves it, comes again when vpcd or the
/// card was gone. vpcd can be told of a failed command only by cutting the line, so a mute card is
/// silent for the waiting time of T=0 and then cuts it, and comes again at once; a card without
/// power comes again and answers no reset until it is back.
void keep_inserted(FaultyCard& card, Insertion const& insertion, StopEvent const& stop);

} // namespace virtual_card
