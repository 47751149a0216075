#include "firmware/core/card_power.hpp"

namespace terminal {
namespace {

/// VCC stays off for so long before it comes again. ISO/IEC 7816-3:2006 §6.2.2.
constexpr std::uint64_t off_us = 10'000;
/// VCC is steady after that. ASSUMED: the front end says so by a pin that the core does not read.
constexpr std::uint64_t supply_us = 1'000;
/// RST is low for 400 cycles at least; some more do no harm. §6.2.1.
constexpr std::uint64_t reset_low_clocks = 500;

} // namespace

CardPower::CardPower(hal::CardLine& line, hal::Clock& clock)
    : line_{line}, clock_{clock}, times_{line.clock_hz()} {
    deactivate();
}

void CardPower::deactivate() {
    line_.set_reset(false);
    line_.set_clock(false);
    line_.set_io(false);
    line_.set_supply(std::nullopt);
    if (is_up_) {
        down_since_us_ = clock_.now_us();
    }
    is_up_ = false;
    phase_ = Phase::none;
}

void CardPower::enter(Phase phase, std::uint64_t us) {
    phase_ = phase;
    until_us_ = clock_.now_us() + us;
}

void CardPower::begin_cold_reset(hal::VoltageClass voltage) {
    deactivate();
    voltage_ = voltage;
    phase_ = Phase::off;
    until_us_ = down_since_us_ + off_us;
}

void CardPower::begin_warm_reset() {
    line_.set_reset(false);
    line_.set_format({});
    line_.set_io(true);
    enter(Phase::reset_low, times_.us_of_clocks(reset_low_clocks));
}

bool CardPower::step() {
    if (phase_ == Phase::none) {
        return is_up_;
    }
    if (clock_.now_us() < until_us_) {
        return false;
    }
    switch (phase_) {
    case Phase::off:
        is_up_ = true;
        line_.set_supply(voltage_);
        enter(Phase::supply, supply_us);
        return false;
    case Phase::supply:
        line_.set_format({});
        line_.set_io(true);
        line_.set_clock(true);
        enter(Phase::reset_low, times_.us_of_clocks(reset_low_clocks));
        return false;
    case Phase::reset_low:
        line_.set_reset(true);
        break;
    case Phase::none:
        break;
    }
    phase_ = Phase::none;
    return true;
}

} // namespace terminal
