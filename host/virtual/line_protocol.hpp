#pragma once

#include "host/virtual/card_memory.hpp"

#include <chrono>

namespace virtual_card {

/// What a card does after a character of the terminal's.
struct LineReply {
    Bytes characters{};                ///< that it sends
    std::chrono::milliseconds wait{0}; ///< before them
    bool leaves = false;               ///< out of the socket
    bool is_off = false;               ///< says nothing more until the next reset
    bool goes_on = false;              ///< it sends the same again and again, without end
};

/// The card's side of a transmission protocol, character by character, without a line and a clock.
class LineProtocol {
public:
    LineProtocol() = default;
    LineProtocol(LineProtocol const&) = delete;
    LineProtocol& operator=(LineProtocol const&) = delete;
    virtual ~LineProtocol() = default;

    /// After a reset.
    virtual void begin() = 0;
    /// The terminal's next character.
    [[nodiscard]] virtual LineReply take(std::uint8_t character, bool is_parity_wrong) = 0;
    /// None came for longer than one of a block may take.
    [[nodiscard]] virtual LineReply on_silence() = 0;
    /// A character of wrong parity is asked for again.
    [[nodiscard]] virtual bool has_error_signal() const = 0;
};

} // namespace virtual_card
