#pragma once

#include "firmware/core/card_times.hpp"
#include "firmware/hal/card_line.hpp"
#include "firmware/hal/clock.hpp"

namespace terminal {

/// Takes a card's contacts up and down in the standard's order. ISO/IEC 7816-3:2006 §6.2, §6.4.
class CardPower {
public:
    /// Both must outlive it. The contacts are taken down.
    CardPower(hal::CardLine& line, hal::Clock& clock);

    /// RST low, CLK stopped, I/O low, VCC off; at once.
    void deactivate();
    /// VCC, I/O, CLK, and RST high after its time low; where the card had power before, it is off
    /// for a while first.
    void begin_cold_reset(hal::VoltageClass voltage);
    /// RST low for its time, then high. require: is_up().
    void begin_warm_reset();
    /// True once RST is high; false while a reset goes on.
    [[nodiscard]] bool step();

    /// True when VCC is on.
    [[nodiscard]] bool is_up() const { return is_up_; }
    /// Stops CLK, or lets it run again. require: is_up().
    void set_clock(bool is_running) { line_.set_clock(is_running); }

private:
    enum class Phase : std::uint8_t { none, off, supply, reset_low };

    void enter(Phase phase, std::uint64_t us);

    hal::CardLine& line_;
    hal::Clock& clock_;
    CardTimes times_;
    bool is_up_ = false;
    Phase phase_ = Phase::none;
    std::uint64_t until_us_ = 0;
    std::uint64_t down_since_us_ = 0;
    hal::VoltageClass voltage_ = hal::VoltageClass::a;
};

} // namespace terminal
