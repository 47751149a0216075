#pragma once

#include "host/virtual/card_memory.hpp"

#include <optional>

namespace virtual_card {

/// What comes of a character from the terminal.
struct ProtocolStep {
    Bytes characters{};             ///< for the terminal
    std::optional<Bytes> command{}; ///< for the card; answer() is then the next call that matters
};

/// A card's side of a transmission protocol, without line or clock: characters in, characters out.
class CardProtocol {
public:
    CardProtocol() = default;
    CardProtocol(CardProtocol const&) = delete;
    CardProtocol& operator=(CardProtocol const&) = delete;
    virtual ~CardProtocol() = default;

    /// As after the answer to reset.
    virtual void reset() = 0;

    /// A character that came; whoever has error signals gives right ones only.
    [[nodiscard]] virtual ProtocolStep take(std::uint8_t character, bool is_parity_wrong) = 0;

    /// The characters of an answer: data and status word. require: a command was given.
    [[nodiscard]] virtual Bytes answer(apdu::ByteView response) = 0;

    /// Characters that say that the card works on: NULL, or a request for more time.
    [[nodiscard]] virtual Bytes sign_of_work() = 0;
    /// True while the terminal has not answered the last of them.
    [[nodiscard]] virtual bool awaits_grant() const { return false; }

    /// True when nobody waits for the answer to the last command any more: both sides began anew.
    [[nodiscard]] virtual bool has_dropped_command() const { return false; }

    /// True while more characters of the terminal are waited for, and silence means that they are
    /// lost.
    [[nodiscard]] virtual bool is_inside_block() const { return false; }
    /// The terminal was silent inside a block. @returns what the card says to it.
    [[nodiscard]] virtual Bytes silence() { return {}; }

    /// Whether characters with wrong parity are asked for again by an error signal.
    [[nodiscard]] virtual bool has_error_signal() const = 0;
};

} // namespace virtual_card
