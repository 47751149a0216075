#pragma once

namespace cortex_m {

/// Called for each interrupt of the chip, by its number; a board defines it.
void on_interrupt(unsigned number);
/// Called for the interrupt of start_tick(); a board defines it.
void on_tick();
/// Called before the first constructor: clocks and what else must be early. A board defines it.
void begin_chip();
/// Called for the NMI; a board defines it.
void on_nmi();
/// What becomes of a fault, and of a broken requirement: a board defines it.
[[noreturn]] void on_fault();

} // namespace cortex_m
