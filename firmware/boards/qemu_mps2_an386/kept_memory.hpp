#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace qemu_board {

inline constexpr std::size_t page_size = 2048;
inline constexpr std::size_t key_pages = 8;
inline constexpr std::size_t slot_pages = 64;
inline constexpr std::size_t image_pages = 2 * slot_pages + 2;

/// What the board keeps over a restart, in memory that no image is loaded into. QEMU starts it
/// with 0.
struct KeptMemory {
    std::array<std::uint8_t, image_pages * page_size> images;
    std::array<std::uint8_t, key_pages * page_size> keys;
    std::uint32_t start_reason;
    std::uint32_t mark; ///< the rest is set up
};

/// Where it is; memory.ld says the same of its slots.
inline constexpr std::uintptr_t kept_address = 0x2100'0000;
inline constexpr std::uintptr_t second_slot = kept_address + slot_pages * page_size;

/// The one there is. When QEMU starts, it is erased flash, with the image that QEMU was started
/// with in the first slot.
[[nodiscard]] KeptMemory& kept_memory();

} // namespace qemu_board
