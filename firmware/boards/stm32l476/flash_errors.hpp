#pragma once

namespace stm32l476 {

/// For the interrupt that flash raises. True: a word was read that has more errors than its ECC
/// corrects, and is remembered for was_flash_wrong().
[[nodiscard]] bool take_flash_error();

/// True where such a word was read since the last call.
[[nodiscard]] bool was_flash_wrong();

} // namespace stm32l476
