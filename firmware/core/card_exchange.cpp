#include "firmware/core/card_exchange.hpp"

#include "apdu/pps.hpp"
#include "keys/secret_bytes.hpp"

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;

/// How much longer than the standard's waiting times the terminal waits, in etu at Di = 1: a card's
/// clock and ours never agree in full.
constexpr std::uint32_t margin_etu = 480;
constexpr std::uint32_t character_margin_etu = 12;
/// From the end of the card's last character to our first: what is left of 16 etu (T=0) and of
/// BGT (T=1) between leading edges.
constexpr std::uint32_t t0_turn_etu = 5;
constexpr std::uint32_t t1_turn_etu = apdu::TransmissionParameters::block_guard_time_etu - 11;
constexpr std::uint32_t pps_wait_etu = 9600;
/// Characters that are passed over at once.
constexpr unsigned passed_over_max = 32;

} // namespace

void CardExchange::begin(Kind kind, apdu::ByteView bytes,
                         apdu::TransmissionParameters const& parameters) {
    apdu::require(!bytes.empty());
    clear();
    apdu::copy_bytes(bytes, out_);
    kind_ = kind;
    parameters_ = parameters;
    state_ = State::going_on;
    passed_ = 0;
}

/// A character of the card's: our own comes so much later at the earliest.
void CardExchange::turn() {
    std::uint32_t const etu = kind_ == Kind::block ? t1_turn_etu : t0_turn_etu;
    send_from_us_ = clock_.now_us() + times_.us_of_etu(parameters_, etu);
}

/// @returns false when none has come.
bool CardExchange::pass_over_one() {
    if (!line_.receive()) {
        return false;
    }
    turn();
    return true;
}

// Bounded: a card that goes on and on is not waited for.
void CardExchange::pass_over() {
    for (unsigned i = 0; i < passed_over_max && pass_over_one(); ++i) {}
}

/// Whether the line has been quiet for as long as it must: a block whose length came wrong goes on
/// after its end. Not for ever: no block has more characters than that.
bool CardExchange::may_begin() {
    while (passed_ < in_.size() && pass_over_one()) {
        ++passed_;
    }
    has_begun_ = clock_.now_us() >= send_from_us_ || passed_ == in_.size();
    return has_begun_;
}

void CardExchange::begin_command(apdu::ByteView command,
                                 apdu::TransmissionParameters const& parameters) {
    begin(Kind::command, command, parameters);
    first_wait_us_ = wait_of_command_us();
    follow(t0_.begin(apdu::ByteView{out_}.first(command.size())));
}

void CardExchange::begin_block(apdu::ByteView block, apdu::TransmissionParameters const& parameters,
                               std::uint8_t multiplier) {
    begin(Kind::block, block, parameters);
    first_wait_us_ = times_.us_of_clocks(parameters.block_waiting_time_clocks(multiplier)) +
                     times_.us_of_etu(parameters, margin_etu * parameters.rate().di);
    send(apdu::ByteView{out_}.first(block.size()));
}

void CardExchange::begin_pps(apdu::ByteView pps, apdu::TransmissionParameters const& parameters) {
    begin(Kind::pps, pps, parameters);
    first_wait_us_ = times_.us_of_etu(parameters, pps_wait_etu);
    send(apdu::ByteView{out_}.first(pps.size()));
}

std::uint64_t CardExchange::wait_of_command_us() const {
    return times_.us_of_clocks(parameters_.waiting_time_clocks()) +
           times_.us_of_etu(parameters_, margin_etu * parameters_.rate().di);
}

void CardExchange::send(apdu::ByteView bytes) {
    outgoing_ = bytes;
    is_sending_ = true;
    has_begun_ = false;
}

/// True while there is something to send. As many at once as the line takes.
bool CardExchange::send_more() {
    while (has_begun_ || may_begin()) {
        switch (line_.sending()) {
        case hal::CardLine::Sending::busy:
            return true;
        case hal::CardLine::Sending::refused:
            fail(slot_error::parity);
            return false;
        case hal::CardLine::Sending::idle:
            break;
        }
        if (outgoing_.empty()) {
            is_sending_ = false;
            expect(first_wait_us_);
            return false;
        }
        pass_over(); // what comes now answers nothing
        line_.send(outgoing_[0]);
        outgoing_ = outgoing_.subspan(1);
    }
    return true;
}

void CardExchange::expect(std::uint64_t wait_us) {
    until_us_ = clock_.now_us() + wait_us + line_.lag_us();
}

CardExchange::State CardExchange::step() {
    if (state_ != State::going_on) {
        return state_;
    }
    if (is_sending_ && send_more()) {
        return state_;
    }
    while (state_ == State::going_on && !is_sending_) {
        auto const character = line_.receive();
        if (!character) {
            break;
        }
        take(*character);
    }
    if (state_ == State::going_on && !is_sending_ && clock_.now_us() >= until_us_) {
        on_silence();
    }
    return state_;
}

void CardExchange::take(hal::CardLine::Character character) {
    turn();
    switch (kind_) {
    case Kind::command:
        take_procedure(character);
        break;
    case Kind::block:
        take_of_block(character);
        break;
    case Kind::pps:
        take_of_pps(character);
        break;
    }
}

void CardExchange::take_procedure(hal::CardLine::Character character) {
    if (character.is_parity_wrong) { // the line asked for it again as often as it may
        fail(slot_error::parity);
        return;
    }
    expect(wait_of_command_us());
    follow(t0_.receive(character.value));
}

void CardExchange::follow(apdu::t0::Action const& action) {
    switch (action.kind) {
    case apdu::t0::Action::Kind::send:
        send(action.bytes);
        break;
    case apdu::t0::Action::Kind::receive:
        break;
    case apdu::t0::Action::Kind::done:
        t0_answer_ = action.bytes;
        state_ = State::answered;
        break;
    case apdu::t0::Action::Kind::fail:
        fail(action.error == apdu::Error::malformed ? slot_error::procedure_byte
                                                    : slot_error::mute);
        break;
    }
}

// A block with a wrong character is read to its end, which only silence tells for sure, or as many
// characters as no block has.
void CardExchange::take_of_block(hal::CardLine::Character character) {
    is_garbled_ = is_garbled_ || character.is_parity_wrong;
    in_[in_size_++] = character.value;
    expect(times_.us_of_etu(parameters_, parameters_.character_waiting_time_etu() +
                                             character_margin_etu * parameters_.rate().di));
    if (in_size_ < apdu::t1::prologue_size) {
        return;
    }
    std::size_t const size = apdu::t1::block_size(in_, parameters_.edc());
    is_garbled_ = is_garbled_ || size == 0;
    if (!is_garbled_ && in_size_ == size) {
        state_ = State::answered;
    } else if (in_size_ == in_.size()) {
        fail(slot_error::parity);
    }
}

void CardExchange::take_of_pps(hal::CardLine::Character character) {
    if (character.is_parity_wrong) {
        fail(slot_error::parity);
        return;
    }
    in_[in_size_++] = character.value;
    expect(first_wait_us_);
    bool const is_whole = in_size_ >= 2 && in_size_ >= apdu::pps_size(apdu::ByteView{in_});
    state_ = is_whole ? State::answered : state_;
}

// A part of a block is as good as a garbled one: the host asks for it again.
void CardExchange::on_silence() {
    bool const is_part = kind_ == Kind::block && in_size_ > 0;
    fail(is_part ? slot_error::parity : slot_error::mute);
}

void CardExchange::fail(std::uint8_t error) {
    clear();
    error_ = error;
    state_ = State::failed;
}

apdu::ByteView CardExchange::answer() const {
    apdu::require(state_ == State::answered);
    return kind_ == Kind::command ? t0_answer_ : apdu::ByteView{in_}.first(in_size_);
}

std::uint8_t CardExchange::error() const {
    apdu::require(state_ == State::failed);
    return error_;
}

void CardExchange::clear() {
    keys::wipe(out_);
    keys::wipe(in_);
    t0_.clear();
    t0_answer_ = {};
    outgoing_ = {};
    in_size_ = 0;
    is_sending_ = false;
    is_garbled_ = false;
    state_ = State::idle;
}

} // namespace terminal
