// A slot's resets: which kind, with which voltage, and the answer to them.
#include "firmware/core/slot.hpp"

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;

/// The answer begins within 40000 cycles of RST high. ISO/IEC 7816-3:2006 §6.2.1; the rest is for
/// cards a little late.
constexpr std::uint64_t first_character_clocks = 44'000;
/// Between two characters of it. §8.1.
constexpr std::uint32_t character_gap_etu = 9'600 + 480;
/// The whole of it. §8.1, rounded up.
constexpr std::uint32_t answer_etu = 20'000;

} // namespace

void Slot::power_on(std::optional<hal::VoltageClass> voltage) {
    bool const is_warm = status() == apdu::ccid::IccStatus::active;
    if (phase_ == Phase::resetting || phase_ == Phase::answering) {
        power_off();
    }
    end();
    tries_voltages_ = !voltage && !is_warm;
    voltage_ = voltage.value_or(is_warm ? voltage_ : hal::VoltageClass::a);
    is_cold_ = !is_warm;
    may_reset_again_ = true;
    is_answer_atr_ = true;
    state_ = State::busy;
    if (!line_.is_card_in()) {
        finish(State::failed, slot_error::mute);
        return;
    }
    begin_reset();
}

void Slot::begin_reset() {
    phase_ = Phase::resetting;
    parameters_ = {};
    position_ = {};
    atr_ = {};
    may_pps_ = true;
    needs_reset_ = false;
    is_clock_running_ = true;
    if (is_cold_) {
        power_.begin_cold_reset(voltage_);
    } else {
        power_.set_clock(true);
        power_.begin_warm_reset();
    }
}

void Slot::start_answer() {
    phase_ = Phase::answering;
    std::uint64_t const from_us = clock_.now_us() + line_.lag_us();
    character_until_us_ = from_us + times_.us_of_clocks(first_character_clocks);
    atr_until_us_ = from_us + times_.us_of_etu(parameters_.on_line(), answer_etu);
}

void Slot::step_answering() {
    std::uint64_t const now_us = clock_.now_us();
    while (auto const character = line_.receive()) {
        bool const is_first = atr_.is_empty();
        bool const is_ts_inverse = is_first && character->value == inverse_ts_read_direct;
        if (character->is_parity_wrong && !is_ts_inverse) {
            on_reset_failure(slot_error::parity);
            return;
        }
        auto const state = atr_.receive(character->value);
        if (is_first && atr_.is_inverse()) {
            line_.set_format({.convention = hal::Convention::inverse});
        }
        if (state != AtrReception::State::receiving) {
            on_atr_end(state);
            return;
        }
        character_until_us_ =
            now_us + line_.lag_us() + times_.us_of_etu(parameters_.on_line(), character_gap_etu);
    }
    if (now_us >= character_until_us_ || now_us >= atr_until_us_) {
        on_reset_failure(slot_error::mute);
    }
}

void Slot::on_atr_end(AtrReception::State state) {
    if (state == AtrReception::State::bad_ts) {
        on_reset_failure(slot_error::bad_ts);
        return;
    }
    auto const atr = apdu::Atr::parse(atr_.bytes());
    if (state == AtrReception::State::bad_check || !atr.ok()) {
        on_reset_failure(slot_error::bad_tck);
        return;
    }
    ++counts_.activations;
    parameters_ = apdu::ccid::Parameters::of(atr.value());
    position_ = {.ifsc = parameters_.ifsc};
    apply_format();
    finish(State::done);
}

void Slot::on_reset_failure(std::uint8_t error) {
    count(error);
    bool const is_mute = error == slot_error::mute && atr_.is_empty(); // nothing came at all
    if (may_reset_again_ && (!is_mute || !is_cold_)) {
        may_reset_again_ = false;
        is_cold_ = !is_cold_;
        begin_reset();
        return;
    }
    if (tries_voltages_ && voltage_ != hal::VoltageClass::c) {
        voltage_ = static_cast<hal::VoltageClass>(static_cast<unsigned>(voltage_) + 1);
        is_cold_ = true;
        begin_reset();
        return;
    }
    power_off();
    finish(State::failed, error);
}

} // namespace terminal
