// What the interrupts and faults of the chip lead to.
#include "firmware/boards/stm32l476/interrupts.hpp"

#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/memory_protection.hpp"

#include <array>

namespace stm32l476 {
namespace {

constexpr std::size_t interrupts_max = 82;
constexpr std::uint32_t ticks_per_second = 1000;

std::array<InterruptSource*, interrupts_max> sources{};
InterruptSource* tick_source = nullptr;

} // namespace

void connect(Interrupt interrupt, InterruptSource& source) {
    auto const number = static_cast<unsigned>(interrupt);
    sources[number] = &source;
    cortex_m::enable_interrupt(number);
}

void connect_tick(InterruptSource& source) { tick_source = &source; }

void start_tick() { cortex_m::start_tick(core_hz / ticks_per_second); }

} // namespace stm32l476

namespace cortex_m {

void begin_chip() {
    stm32l476::protect_memory();
    stm32l476::start_clocks();
}

/// The core has woken up, and whoever does a little each millisecond does it.
void on_tick() {
    if (stm32l476::tick_source != nullptr) {
        stm32l476::tick_source->on_interrupt();
    }
}

void on_interrupt(unsigned number) {
    if (number >= stm32l476::sources.size() || stm32l476::sources[number] == nullptr) {
        on_fault();
    }
    stm32l476::sources[number]->on_interrupt();
}

// A fault is a bug of ours, or somebody's game: nothing is worth keeping.
void on_fault() { wipe_and_restart_chip(); }

} // namespace cortex_m
