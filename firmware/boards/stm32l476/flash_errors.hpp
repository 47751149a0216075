#pragma once

namespace stm32l476 {

/// True where a word was read, since the last call, that has more errors than its ECC corrects. The
/// chip tells of it by the NMI.
[[nodiscard]] bool was_flash_wrong();

} // namespace stm32l476
