#include "firmware/boards/cortex_m/image_rules.hpp"

extern "C" std::uint32_t image_vectors; // of this image; the linker script says

namespace cortex_m {

// The numbers come from CMakeLists.txt.
terminal::ImageRules image_rules() {
    return {.board = SSCARD_BOARD_NUMBER, .key = {SSCARD_IMAGE_KEY_BYTES}};
}

terminal::ImageSlot running_slot(std::uintptr_t second_slot) {
    return reinterpret_cast<std::uintptr_t>(&image_vectors) >= second_slot
               ? terminal::ImageSlot::second
               : terminal::ImageSlot::first;
}

} // namespace cortex_m
