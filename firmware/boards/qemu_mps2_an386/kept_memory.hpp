#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace qemu_board {

inline constexpr std::size_t page_size = 2048;
inline constexpr std::size_t key_pages = 8;
inline constexpr std::size_t image_pages = 2 * 64 + 2;

/// What the board keeps over a restart, in memory that no image is loaded into. QEMU starts it
/// with 0.
struct KeptMemory {
    std::uint32_t mark; ///< the rest is set up
    std::uint32_t start_reason;
    std::array<std::uint8_t, key_pages * page_size> keys;
    std::array<std::uint8_t, image_pages * page_size> images;
};

/// The one there is; erased flash when QEMU starts.
[[nodiscard]] KeptMemory& kept_memory();

} // namespace qemu_board
