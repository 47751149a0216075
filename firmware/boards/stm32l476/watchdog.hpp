#pragma once

namespace stm32l476 {

/// Starts the chip's watchdog, which nothing but a reset ends; it is due every 8 s.
void start_watchdog();

/// Keeps the watchdog from starting the chip anew.
void feed_watchdog();

} // namespace stm32l476
