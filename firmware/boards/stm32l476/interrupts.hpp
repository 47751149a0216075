#pragma once

#include <cstdint>

namespace stm32l476 {

/// Interrupts of the chip that the board uses. RM0351 table 57.
enum class Interrupt : std::uint8_t {
    usart1 = 37,
    usart2 = 38,
    usart3 = 39,
    uart4 = 52,
    uart5 = 53,
};

/// Something that interrupts the main loop.
class InterruptSource {
public:
    InterruptSource() = default;
    InterruptSource(InterruptSource const&) = delete;
    InterruptSource& operator=(InterruptSource const&) = delete;
    virtual ~InterruptSource() = default;

    /// Does what cannot wait, and makes the cause go away. Interrupts do not interrupt each other.
    virtual void on_interrupt() = 0;
};

/// From now on the interrupt is `source`'s, which lasts as long as the terminal.
void connect(Interrupt interrupt, InterruptSource& source);

/// Lets SysTick interrupt each millisecond: the longest that the core sleeps.
void start_tick();
/// From now on each of them is `source`'s too, which lasts as long as the terminal.
void connect_tick(InterruptSource& source);

} // namespace stm32l476
