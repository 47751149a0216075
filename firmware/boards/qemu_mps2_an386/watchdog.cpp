#include "firmware/boards/qemu_mps2_an386/watchdog.hpp"

#include "firmware/boards/cortex_m/registers.hpp"
#include "firmware/boards/qemu_mps2_an386/counter_clock.hpp"

namespace qemu_board {
namespace {

/// CMSDK APB watchdog: at 0 it interrupts, by NMI.
struct Watchdog {
    cortex_m::Register load;
    cortex_m::Register value;
    cortex_m::Register control;
    cortex_m::Register clear;
};

constexpr std::uint32_t watchdog_s = 8;
constexpr std::uint32_t watchdog_on = 0x3; // interrupt, and reset when that is not taken

Watchdog& watchdog() { return cortex_m::block_at<Watchdog>(0x4000'8000); }

} // namespace

void start_watchdog() {
    feed_watchdog();
    watchdog().control = watchdog_on;
}

void feed_watchdog() { watchdog().load = watchdog_s * system_clock_hz; }

} // namespace qemu_board
