#pragma once

#include "firmware/boards/cortex_m/registers.hpp"

namespace cortex_m {

/// Lets an interrupt through. Armv7-M ARM B3.4.4.
inline void enable_interrupt(unsigned number) {
    block_at<Register[16]>(0xE000E100)[number / 32] = 1U << (number % 32);
}

/// No interrupt comes from now on, faults excepted.
inline void hold_interrupts() { asm volatile("cpsid i" ::: "memory"); }
/// They come again.
inline void allow_interrupts() { asm volatile("cpsie i" ::: "memory"); }

/// Waits for an interrupt.
inline void wait_for_interrupt() { asm volatile("wfi" ::: "memory"); }

/// The exception that is being worked on; 0: none. Armv7-M ARM B1.4.2.
inline unsigned current_exception() {
    std::uint32_t number = 0;
    asm volatile("mrs %0, ipsr" : "=r"(number));
    return number & 0x1FFU;
}

/// While it lives no interrupt comes.
class InterruptsOff {
public:
    InterruptsOff() { asm volatile("mrs %0, primask\n\tcpsid i" : "=r"(before_)::"memory"); }
    InterruptsOff(InterruptsOff const&) = delete;
    InterruptsOff& operator=(InterruptsOff const&) = delete;
    ~InterruptsOff() { asm volatile("msr primask, %0" ::"r"(before_) : "memory"); }

private:
    std::uint32_t before_;
};

/// The counter of the core's clock, for interrupts in equal distances. Armv7-M ARM B3.3.
inline void start_tick(std::uint32_t clocks) {
    struct SysTick {
        Register control;
        Register reload;
        Register current;
    };
    auto& tick = block_at<SysTick>(0xE000E010);
    tick.reload = clocks - 1;
    tick.current = 0;
    tick.control = 0x7; // the core's clock, interrupt, on
}

} // namespace cortex_m
