#pragma once

#include <cstdint>

namespace stm32l476 {

/// Of the core, and of all peripherals that count on it.
inline constexpr std::uint32_t core_hz = 80'000'000;

/// Brings the chip from the reset's 4 MHz to core_hz, from its own oscillator of 16 MHz by the PLL,
/// and gives a clock to each peripheral that the board uses. The random numbers run on 40 MHz of
/// the same PLL. An oscillator that does not start is waited for, until the watchdog bites: there
/// is no terminal without it.
void start_clocks();

} // namespace stm32l476
