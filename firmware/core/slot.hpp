#pragma once

#include "firmware/core/atr_reception.hpp"
#include "firmware/core/card_exchange.hpp"
#include "firmware/core/card_power.hpp"

#include "apdu/ccid/parameters.hpp"
#include "apdu/t1/terminal.hpp"

namespace terminal {

/// What a slot has seen since the terminal started.
struct SlotCounts {
    std::uint32_t activations = 0; ///< answers to reset that were good
    std::uint32_t removals = 0;    ///< of cards with power
    std::uint32_t exchanges = 0;
    std::uint32_t mute = 0;   ///< no answer, to a reset or to an exchange
    std::uint32_t parity = 0; ///< characters or blocks that came, or went, damaged
    std::uint32_t broken = 0; ///< answers that broke the protocol
};

/// A slot with its card: power, answer to reset, parameters, exchanges. One operation at a time;
/// each ends, whatever the card does, and the card's leaving ends it at once.
class Slot {
public:
    /// Where the operation stands.
    enum class State : std::uint8_t { idle, busy, done, failed };

    /// Both must outlive it.
    Slot(hal::CardLine& line, hal::Clock& clock);

    /// Whether a card is there and has power.
    [[nodiscard]] apdu::ccid::IccStatus status() const;

    /// A reset: cold with that voltage, or of class A, B and C until one is answered; warm where
    /// the card has power. The answer is the ATR. An answer that came garbled is asked for once
    /// more by the other kind of reset. Ends whatever goes on.
    void power_on(std::optional<hal::VoltageClass> voltage);
    /// Ends whatever goes on; at once.
    void power_off();
    /// An exchange at TPDU level by the parameters that hold; before any other since the reset it
    /// may be a PPS. `wait_multiplier` (0 counts as 1) is of BWT. After one that failed, under T=0
    /// or of a PPS, nobody knows what the card waits for, and what it will still say: all others
    /// fail (mute) until a reset. require: active; not busy; 1 to data_size_max bytes.
    void exchange(apdu::ByteView bytes, std::uint8_t wait_multiplier);
    /// Nobody waits for what goes on any more. A reset ends at once, with the card's power; an
    /// exchange goes on to its end, or the card's answer could be taken for that to the next.
    void abandon();
    /// Exchanges fail (mute) until a reset: the card was left in the middle of a conversation.
    void demand_reset() { needs_reset_ = true; }
    [[nodiscard]] bool needs_reset() const { return needs_reset_; }

    /// The last answer to reset; empty where none has come since the card has power.
    [[nodiscard]] apdu::ByteView atr() const { return atr_.bytes(); }

    /// The parameters of the line; they are those of the ATR after a reset.
    [[nodiscard]] apdu::ccid::Parameters const& parameters() const { return parameters_; }
    /// require: active.
    void set_parameters(apdu::ccid::Parameters const& parameters);
    /// Those that the ATR says. require: active.
    void reset_parameters();
    /// Stops CLK between exchanges, or lets it run. require: active.
    void set_clock(bool is_running);
    [[nodiscard]] bool is_clock_running() const { return is_clock_running_; }

    /// Does what there is to do now.
    State step();
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool is_busy() const { return phase_ != Phase::none; }
    /// Valid until the next operation or clear_answer(). require: done.
    [[nodiscard]] apdu::ByteView answer() const;
    /// As bError. require: failed.
    [[nodiscard]] std::uint8_t error() const;
    /// Wipes the answer.
    void clear_answer();

    /// Where the host's conversation under T=1 stands, by the blocks that passed.
    [[nodiscard]] apdu::t1::Position const& position() const { return position_; }
    /// The terminal itself went on with it.
    void set_position(apdu::t1::Position const& position) { position_ = position; }

    [[nodiscard]] SlotCounts const& counts() const { return counts_; }

private:
    enum class Phase : std::uint8_t { none, resetting, answering, exchanging };

    void end();
    void begin_reset();
    void start_answer();
    void step_answering();
    void on_atr_end(AtrReception::State state);
    void on_reset_failure(std::uint8_t error);
    void step_exchange();
    void follow_command(apdu::ByteView block);
    [[nodiscard]] bool follow_answer(apdu::ByteView block);
    void apply_format();
    void finish(State state, std::uint8_t error = 0);
    void count(std::uint8_t error);

    hal::CardLine& line_;
    hal::Clock& clock_;
    CardTimes times_;
    CardPower power_;
    CardExchange exchange_;
    AtrReception atr_{};
    Phase phase_ = Phase::none;
    State state_ = State::idle;
    std::uint8_t error_ = 0;
    bool is_answer_atr_ = false;
    bool is_clock_running_ = false;
    bool may_pps_ = false;
    bool is_pps_ = false;      ///< the exchange that goes on
    bool is_unwanted_ = false; ///< it too
    bool needs_reset_ = false;
    bool is_cold_ = false; ///< the reset that goes on
    bool may_reset_again_ = false;
    bool tries_voltages_ = false; ///< one after the other
    hal::VoltageClass voltage_ = hal::VoltageClass::a;
    std::uint64_t atr_until_us_ = 0;
    std::uint64_t character_until_us_ = 0;
    apdu::ccid::Parameters parameters_{};
    apdu::t1::Position position_{};
    unsigned waits_ = 0; ///< times BWT that the card has asked for since our last I-block
    SlotCounts counts_{};
};

} // namespace terminal
