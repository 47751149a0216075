#pragma once

#include "host/session/fault.hpp"

#include "apdu/card_connection.hpp"
#include "apdu/ccid/pin_operation.hpp"
#include "apdu/response.hpp"
#include "keys/key_service.hpp"
#include "keys/secret_command.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace session {

/// A whole answer: all data, gathered over GET RESPONSE, and the last status word.
struct Answer {
    std::vector<std::uint8_t> data;
    apdu::StatusWord status;
};

/// GET RESPONSE and repeated commands that one command may take before it is given up.
inline constexpr unsigned exchange_rounds_max = 40;
/// Bytes that one command's answer may have.
inline constexpr std::size_t answer_size_max = 65536;

/// What a log or trace may tell of an exchange: no data.
struct ExchangeTrace {
    apdu::Cla cla;
    apdu::Ins ins;
    std::uint8_t p1;
    std::uint8_t p2;
    std::size_t nc;
    std::size_t nr;
    apdu::StatusWord status;
};

/// Commands over a card connection: the forms of T=0 and T=1, GET RESPONSE after 61xx, the command
/// again after 6Cxx, each bounded. A status word other than 9000 is an Answer, not a fault.
class CardChannel {
public:
    explicit CardChannel(apdu::CardConnection& connection) : connection_{connection} {}

    /// Faults: those of fault_of(apdu::Error), answer_malformed, too_many_rounds.
    [[nodiscard]] Outcome<Answer> send(apdu::Command const& command);
    [[nodiscard]] Outcome<Answer> send(keys::SecuredCommand const& command);
    [[nodiscard]] Outcome<Answer> send(keys::SecretCommand const& command);

    /// Has PINs typed at the reader's PIN pad and sends the command with them. Faults besides:
    /// no_pin_pad, pin_entry_cancelled, pin_entry_timed_out.
    [[nodiscard]] Outcome<Answer> send_at_pad(apdu::ccid::PinOperation const& operation);

    /// An Escape to the reader, and its answer. Faults: no_terminal (it takes none), and those of
    /// fault_of(apdu::Error).
    [[nodiscard]] Outcome<std::vector<std::uint8_t>> escape(apdu::ByteView command);

    /// GET CHALLENGE of 8 bytes. Faults: as send(); unexpected_status; answer_malformed (another
    /// length).
    [[nodiscard]] Outcome<keys::Challenge> get_challenge();

    /// Resets the card, so that every security state is lost. Faults: those of
    /// fault_of(apdu::Error).
    [[nodiscard]] Outcome<apdu::Done> reset();
    [[nodiscard]] apdu::ByteView atr() const { return connection_.atr(); }

    /// Commands that went to the card so far, GET RESPONSE and repetitions included.
    [[nodiscard]] std::size_t exchanges() const { return exchanges_; }

    /// Called after each exchange; for logs and traces.
    void on_exchange(std::function<void(ExchangeTrace const&)> listener);

    /// Asked ahead of each command; a fault of its is given instead of an answer, and the command
    /// is not sent. Empty: none is asked.
    using Gate = std::function<Outcome<apdu::Done>(apdu::Ins)>;
    void set_gate(Gate gate);

private:
    template <typename Transmit>
    Outcome<Answer> exchange(apdu::Command const& header, std::size_t nc, std::size_t answer_max,
                             Transmit const& transmit);
    Outcome<Answer> exchange_command(apdu::Command const& command);
    Outcome<Answer> exchange_with_exact_ne(apdu::Command const& command);
    Outcome<Answer> gather(apdu::Command const& header, Outcome<Answer> first);

    apdu::CardConnection& connection_;
    std::vector<std::uint8_t> response_{};
    std::size_t exchanges_ = 0;
    std::function<void(ExchangeTrace const&)> listener_{};
    Gate gate_{};
};

} // namespace session
