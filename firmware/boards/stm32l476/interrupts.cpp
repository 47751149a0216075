// The vector table, and what it leads to.
#include "firmware/boards/stm32l476/interrupts.hpp"

#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/core_registers.hpp"
#include "firmware/boards/stm32l476/flash_errors.hpp"
#include "firmware/boards/stm32l476/startup.hpp"

#include <array>

// Where the stack begins; the linker script says.
extern "C" std::uint32_t stack_top; // NOLINT(readability-identifier-naming)

namespace cortex_m {

void on_fault() { wipe_and_restart_chip(); }

} // namespace cortex_m

namespace stm32l476 {
namespace {

using cortex_m::wipe_and_restart_chip;

constexpr std::size_t interrupts_max = 82;
constexpr std::size_t exceptions = 16;
constexpr std::uint32_t exception_mask = 0x1FF;
constexpr unsigned word_bits = 32;
constexpr std::uint32_t ticks_per_second = 1000;
constexpr std::uint32_t tick_on = bit(0) | bit(1) | bit(2); // counter, interrupt, core's clock

std::array<InterruptSource*, interrupts_max> sources{};
InterruptSource* tick_source = nullptr;

/// Flash that lost its power while it was written has words whose two errors nobody can correct:
/// who read them is told. Any other is a fault.
void on_nmi() {
    if (!take_flash_error()) {
        wipe_and_restart_chip();
    }
}

/// The core has woken up, and whoever does a little each millisecond does it.
void on_tick() {
    if (tick_source != nullptr) {
        tick_source->on_interrupt();
    }
}

void on_interrupt() {
    std::uint32_t exception = 0;
    asm volatile("mrs %0, ipsr" : "=r"(exception));
    InterruptSource* const source = sources[(exception & exception_mask) - exceptions];
    if (source == nullptr) {
        wipe_and_restart_chip();
    }
    source->on_interrupt();
}

using Entry = void (*)();

struct VectorTable {
    std::uint32_t* stack;
    std::array<Entry, exceptions - 1> of_core;
    std::array<Entry, interrupts_max> of_chip;
};

constexpr std::array<Entry, interrupts_max> all_interrupts() {
    std::array<Entry, interrupts_max> entries{};
    entries.fill(on_interrupt);
    return entries;
}

// A fault is a bug of ours, or somebody's game: nothing is worth keeping, and no stack can be
// relied on.
[[gnu::section(".vectors"), gnu::used]] constinit VectorTable const vectors{
    &stack_top,
    {start, on_nmi, wipe_and_restart_chip, wipe_and_restart_chip, wipe_and_restart_chip,
     cortex_m::wipe_and_restart_chip, wipe_and_restart_chip, wipe_and_restart_chip,
     wipe_and_restart_chip, wipe_and_restart_chip, cortex_m::wipe_and_restart_chip,
     wipe_and_restart_chip, wipe_and_restart_chip, wipe_and_restart_chip, on_tick},
    all_interrupts()};

} // namespace

void connect(Interrupt interrupt, InterruptSource& source) {
    auto const number = static_cast<unsigned>(interrupt);
    sources[number] = &source;
    nvic().iser[number / word_bits].write(bit(number % word_bits));
}

void connect_tick(InterruptSource& source) { tick_source = &source; }

void start_tick() {
    sys_tick().load.write(core_hz / ticks_per_second - 1);
    sys_tick().val.write(0);
    sys_tick().ctrl.write(tick_on);
}

} // namespace stm32l476
