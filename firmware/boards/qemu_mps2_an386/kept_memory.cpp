#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"

#include "firmware/boards/cortex_m/registers.hpp"

namespace qemu_board {
namespace {

constexpr std::uintptr_t psram = 0x2100'0000;
constexpr std::uint32_t set_up = 0x5343'4B4D;

} // namespace

KeptMemory& kept_memory() {
    auto& memory = cortex_m::block_at<KeptMemory>(psram);
    if (memory.mark != set_up) {
        memory.keys.fill(0xFF);
        memory.images.fill(0xFF);
        memory.start_reason = 0;
        memory.mark = set_up;
    }
    return memory;
}

} // namespace qemu_board
