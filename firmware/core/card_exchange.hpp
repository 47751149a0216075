#pragma once

#include "firmware/core/card_times.hpp"
#include "firmware/hal/card_line.hpp"
#include "firmware/hal/clock.hpp"

#include "apdu/ccid/message.hpp"
#include "apdu/t0/terminal.hpp"
#include "apdu/t1/block.hpp"

namespace terminal {

/// One exchange with a card after the other, at TPDU level: a command of T=0, a block of T=1, or a
/// PPS goes out, and what the card answers comes in. Holds both; they are wiped when they are not
/// needed any more.
class CardExchange {
public:
    /// Where it stands.
    enum class State : std::uint8_t { idle, going_on, answered, failed };

    /// Both must outlive it.
    CardExchange(hal::CardLine& line, hal::Clock& clock)
        : line_{line}, clock_{clock}, times_{line.clock_hz()} {}

    /// A command as T=0 carries it. require for all three: at most data_size_max bytes, not empty.
    void begin_command(apdu::ByteView command, apdu::TransmissionParameters const& parameters);
    /// A whole block of T=1; the card has BWT times `multiplier`, not 0, for its answer.
    void begin_block(apdu::ByteView block, apdu::TransmissionParameters const& parameters,
                     std::uint8_t multiplier);
    /// A PPS, with the parameters that hold after the reset.
    void begin_pps(apdu::ByteView pps, apdu::TransmissionParameters const& parameters);

    /// Does what there is to do now.
    State step();
    [[nodiscard]] State state() const { return state_; }

    /// The card's answer: data and status word, a block, a PPS. Valid until clear(). require:
    /// answered.
    [[nodiscard]] apdu::ByteView answer() const;
    /// Why there is none, as bError. require: failed.
    [[nodiscard]] std::uint8_t error() const;

    /// Throws away what a card says that nobody asked.
    void pass_over();

    /// Wipes all, whatever goes on.
    void clear();

private:
    enum class Kind : std::uint8_t { command, block, pps };

    void begin(Kind kind, apdu::ByteView bytes, apdu::TransmissionParameters const& parameters);
    void send(apdu::ByteView bytes);
    bool send_more();
    void turn();
    [[nodiscard]] bool may_begin();
    bool pass_over_one();
    void expect(std::uint64_t wait_us);
    void take(hal::CardLine::Character character);
    void take_procedure(hal::CardLine::Character character);
    void take_of_block(hal::CardLine::Character character);
    void take_of_pps(hal::CardLine::Character character);
    void follow(apdu::t0::Action const& action);
    void on_silence();
    void fail(std::uint8_t error);
    [[nodiscard]] std::uint64_t wait_of_command_us() const;

    hal::CardLine& line_;
    hal::Clock& clock_;
    CardTimes times_;
    State state_ = State::idle;
    Kind kind_ = Kind::command;
    apdu::TransmissionParameters parameters_ = apdu::TransmissionParameters::of({});
    std::uint64_t first_wait_us_ = 0; ///< for the first character of the answer
    std::uint64_t send_from_us_ = 0;  ///< the turn-around time is over
    std::uint64_t until_us_ = 0;      ///< the next character is there by then
    bool is_sending_ = false;
    bool has_begun_ = false; ///< to send
    std::size_t passed_ = 0; ///< characters of the card's before we began
    bool is_garbled_ = false;
    std::uint8_t error_ = 0;
    apdu::ByteView outgoing_{};
    apdu::t0::Terminal t0_{};
    apdu::ByteView t0_answer_{};
    std::array<std::uint8_t, apdu::ccid::data_size_max> out_{};
    std::array<std::uint8_t, apdu::t1::block_size_max> in_{};
    std::size_t in_size_ = 0;
};

} // namespace terminal
