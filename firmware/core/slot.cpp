#include "firmware/core/slot.hpp"

#include "apdu/pps.hpp"

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;

/// Times BWT that a card may ask for, by S(WTX), before it answers an I-block: it could prolong
/// that for ever, and neither the host's nor our own protocol sees to it. As many as NULLs under
/// T=0.
constexpr unsigned waits_max = apdu::t0::nulls_max;

} // namespace

Slot::Slot(hal::CardLine& line, hal::Clock& clock)
    : line_{line}, clock_{clock}, times_{line.clock_hz()}, power_{line, clock}, exchange_{line,
                                                                                          clock} {}

apdu::ccid::IccStatus Slot::status() const {
    if (!line_.is_card_in()) {
        return apdu::ccid::IccStatus::absent;
    }
    bool const is_active = power_.is_up() && (phase_ == Phase::exchanging || phase_ == Phase::none);
    return is_active ? apdu::ccid::IccStatus::active : apdu::ccid::IccStatus::inactive;
}

void Slot::power_off() {
    end();
    needs_reset_ = false;
    power_.deactivate();
    is_clock_running_ = false;
    parameters_ = {};
    position_ = {};
    atr_ = {};
}

/// Whatever goes on.
void Slot::end() {
    phase_ = Phase::none;
    state_ = State::idle;
    is_unwanted_ = false;
    exchange_.clear();
}

void Slot::abandon() {
    switch (phase_) {
    case Phase::none:
        end();
        break;
    case Phase::resetting:
    case Phase::answering: // a card in the middle of its answer is good for nothing
        power_off();
        break;
    case Phase::exchanging:
        is_unwanted_ = true;
        break;
    }
}

void Slot::exchange(apdu::ByteView bytes, std::uint8_t wait_multiplier) {
    apdu::require(status() == apdu::ccid::IccStatus::active && !is_busy());
    is_answer_atr_ = false;
    if (needs_reset_) {
        finish(State::failed, slot_error::mute);
        return;
    }
    if (!is_clock_running_) {
        set_clock(true);
    }
    ++counts_.exchanges;
    state_ = State::busy;
    phase_ = Phase::exchanging;
    is_pps_ = may_pps_ && apdu::Pps::parse(bytes).ok();
    may_pps_ = false;
    auto const on_line = parameters_.on_line();
    if (is_pps_) {
        exchange_.begin_pps(bytes, on_line);
    } else if (parameters_.protocol == apdu::Protocol::t0) {
        exchange_.begin_command(bytes, on_line);
    } else {
        follow_command(bytes);
        exchange_.begin_block(bytes, on_line, wait_multiplier == 0 ? 1 : wait_multiplier);
    }
}

// The host owns the protocol of T=1; the terminal goes on with it only where it types a PIN.
void Slot::follow_command(apdu::ByteView bytes) {
    auto const block = apdu::t1::parse_block(bytes, parameters_.edc);
    if (block.ok() && block.value().kind == apdu::t1::BlockKind::information) {
        position_.send_number = block.value().number ^ 1U;
        waits_ = 0;
    }
}

/// False for a request for more time of a card that has asked for enough.
bool Slot::follow_answer(apdu::ByteView bytes) {
    auto const block = apdu::t1::parse_block(bytes, parameters_.edc);
    if (!block.ok()) {
        return true;
    }
    apdu::t1::Block const& seen = block.value();
    if (seen.kind == apdu::t1::BlockKind::information) {
        position_.receive_number = seen.number ^ 1U;
        waits_ = 0;
    } else if (seen.kind == apdu::t1::BlockKind::resynch && seen.is_response) {
        position_ = {.ifsc = parameters_.ifsc};
    } else if (seen.kind == apdu::t1::BlockKind::ifs && !seen.is_response) {
        position_.ifsc = seen.inf[0];
    } else if (seen.kind == apdu::t1::BlockKind::wtx && !seen.is_response) {
        bool const may_wait = waits_ < waits_max;
        waits_ += may_wait ? seen.inf[0] : 0U;
        return may_wait;
    }
    return true;
}

void Slot::set_parameters(apdu::ccid::Parameters const& parameters) {
    apdu::require(status() == apdu::ccid::IccStatus::active);
    parameters_ = parameters;
    parameters_.is_inverse = atr_.is_inverse();
    position_.ifsc = parameters_.ifsc;
    may_pps_ = false;
    apply_format();
}

void Slot::reset_parameters() {
    auto const atr = apdu::Atr::parse(atr_.bytes());
    apdu::require(atr.ok());
    set_parameters(apdu::ccid::Parameters::of(atr.value()));
}

void Slot::apply_format() {
    auto const on_line = parameters_.on_line();
    line_.set_format(
        {.rate = on_line.rate(),
         .convention = atr_.is_inverse() ? hal::Convention::inverse : hal::Convention::direct,
         .guard_time_etu = static_cast<std::uint16_t>(on_line.guard_time_etu()),
         .has_error_signal = parameters_.protocol == apdu::Protocol::t0});
}

void Slot::set_clock(bool is_running) {
    apdu::require(power_.is_up());
    power_.set_clock(is_running);
    is_clock_running_ = is_running;
}

Slot::State Slot::step() {
    bool const is_in = line_.is_card_in(); // asked each time: a board sees it by being asked
    if (power_.is_up() && !is_in) {
        bool const was_busy = is_busy() && !is_unwanted_;
        power_off();
        ++counts_.removals;
        if (was_busy) {
            finish(State::failed, slot_error::mute);
        }
        return state_;
    }
    switch (phase_) {
    case Phase::none:
        if (power_.is_up()) { // a change of I/O forgets what a card said without
            exchange_.pass_over();
        }
        break;
    case Phase::resetting:
        if (!is_in) {
            power_off();
            finish(State::failed, slot_error::mute);
        } else if (power_.step()) {
            start_answer();
        }
        break;
    case Phase::answering:
        step_answering();
        break;
    case Phase::exchanging:
        step_exchange();
        break;
    }
    return state_;
}

void Slot::step_exchange() {
    auto const exchange = exchange_.step();
    if (exchange == CardExchange::State::answered) {
        if (parameters_.protocol == apdu::Protocol::t1 && !follow_answer(exchange_.answer())) {
            exchange_.clear();
            count(slot_error::mute);
            finish(State::failed, slot_error::mute);
            return;
        }
        finish(State::done);
    } else if (exchange == CardExchange::State::failed) {
        count(exchange_.error());
        needs_reset_ = needs_reset_ || is_pps_ || parameters_.protocol == apdu::Protocol::t0;
        finish(State::failed, exchange_.error());
    }
}

void Slot::finish(State state, std::uint8_t error) {
    if (is_unwanted_) {
        end();
        return;
    }
    phase_ = Phase::none;
    state_ = state;
    error_ = error;
}

void Slot::count(std::uint8_t error) {
    if (error == slot_error::mute) {
        ++counts_.mute;
    } else if (error == slot_error::parity) {
        ++counts_.parity;
    } else {
        ++counts_.broken;
    }
}

apdu::ByteView Slot::answer() const {
    apdu::require(state_ == State::done);
    return is_answer_atr_ ? atr_.bytes() : exchange_.answer();
}

std::uint8_t Slot::error() const {
    apdu::require(state_ == State::failed);
    return error_;
}

void Slot::clear_answer() {
    apdu::require(!is_busy());
    exchange_.clear();
    state_ = State::idle;
}

} // namespace terminal
