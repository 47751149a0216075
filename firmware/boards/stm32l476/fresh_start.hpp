#pragma once

namespace stm32l476 {

/// Overwrites all RAM that the terminal uses, keys and stack with it, and starts the chip anew.
/// Works from any state: it needs no stack.
[[noreturn]] void wipe_and_restart();

} // namespace stm32l476
