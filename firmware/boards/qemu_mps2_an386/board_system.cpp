#include "firmware/boards/qemu_mps2_an386/board_system.hpp"

#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/qemu_mps2_an386/counter_clock.hpp"
#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"
#include "firmware/boards/qemu_mps2_an386/watchdog.hpp"

namespace qemu_board {
namespace {

constexpr std::uint32_t ticks_a_second = 1000;

/// What runs next is told why.
[[noreturn]] void restart_because(hal::StartReason reason) {
    kept_memory().start_reason = static_cast<std::uint32_t>(reason);
    cortex_m::wipe_and_restart_chip();
}

} // namespace

BoardSystem::BoardSystem()
    : start_reason_{static_cast<hal::StartReason>(kept_memory().start_reason)} {
    kept_memory().start_reason = static_cast<std::uint32_t>(hal::StartReason::power);
    start_watchdog();
    cortex_m::start_tick(system_clock_hz / ticks_a_second);
}

std::array<std::uint8_t, 12> BoardSystem::chip_number() const {
    return {'Q', 'E', 'M', 'U', 'm', 'p', 's', '2', 'a', '3', '8', '6'};
}

void BoardSystem::feed_watchdog() { qemu_board::feed_watchdog(); }

void BoardSystem::idle() { cortex_m::wait_for_interrupt(); }

void BoardSystem::restart() { restart_because(hal::StartReason::restart); }

} // namespace qemu_board

namespace cortex_m {

/// The watchdog's.
void on_nmi() { qemu_board::restart_because(hal::StartReason::watchdog); }

void on_fault() { qemu_board::restart_because(hal::StartReason::restart); }

} // namespace cortex_m
