#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"

#include "firmware/boards/cortex_m/registers.hpp"

#include <algorithm>

namespace qemu_board {
namespace {

constexpr std::uint32_t set_up = 0x5343'4B4D;
/// Where QEMU loads the first image, as memory.ld says.
constexpr std::uintptr_t stored = 0x0000'8000;
constexpr std::size_t slot_size = slot_pages * page_size;

} // namespace

KeptMemory& kept_memory() {
    auto& memory = cortex_m::block_at<KeptMemory>(kept_address);
    if (memory.mark != set_up) {
        memory.images.fill(0xFF);
        std::copy_n(reinterpret_cast<std::uint8_t const*>(stored), slot_size,
                    memory.images.begin());
        memory.keys.fill(0xFF);
        memory.start_reason = 0;
        memory.mark = set_up;
    }
    return memory;
}

} // namespace qemu_board
