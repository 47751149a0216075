#pragma once

namespace stm32l476 {

/// Where the chip begins: fills RAM as the program expects it, protects memory, starts the clocks,
/// and calls main().
extern "C" [[noreturn]] void start();

} // namespace stm32l476
