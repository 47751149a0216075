#pragma once

#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/hal/clock.hpp"

namespace qemu_board {

/// Cycles a second of the board's clock.
inline constexpr std::uint32_t system_clock_hz = 25'000'000;

/// Time by the board's counter of cycles, which runs over each 171 s: it is to be looked at more
/// often than that.
class CounterClock final : public hal::Clock {
public:
    [[nodiscard]] std::uint64_t now_us() override {
        cortex_m::InterruptsOff const off;
        std::uint32_t const now = counter();
        cycles_ += now - last_;
        last_ = now;
        return cycles_ / (system_clock_hz / 1'000'000);
    }

private:
    static std::uint32_t counter() { return cortex_m::block_at<cortex_m::Register>(0x4002'8018); }

    std::uint32_t last_ = counter();
    std::uint64_t cycles_ = 0;
};

} // namespace qemu_board
