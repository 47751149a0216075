#pragma once

#include <cstddef>
#include <cstdint>

// Where things are in flash; memory.ld says the same. The slots of the images are one to each
// bank: an update goes into the bank that does not run.
namespace stm32l476 {

inline constexpr std::uint32_t flash_begin = 0x0800'0000;
inline constexpr std::size_t flash_page_size = 2048;
inline constexpr std::size_t pages_per_bank = 256;
inline constexpr std::uint32_t second_bank = flash_begin + pages_per_bank * flash_page_size;

/// The first pages of the first bank start an image.
inline constexpr std::size_t start_pages = 16;
inline constexpr std::size_t slot_pages = pages_per_bank - start_pages;
inline constexpr std::size_t record_pages = 2;
inline constexpr std::size_t key_pages = 8;

inline constexpr std::uint32_t images_begin = flash_begin + start_pages * flash_page_size;
inline constexpr std::size_t images_pages = 2 * slot_pages + record_pages;
inline constexpr std::uint32_t keys_begin = images_begin + images_pages * flash_page_size;
static_assert(images_begin + slot_pages * flash_page_size == second_bank);
static_assert(keys_begin == 0x080F'9000);

} // namespace stm32l476
