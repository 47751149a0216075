#pragma once

#include "firmware/core/image_slots.hpp"

namespace cortex_m {

/// Which images run here: those for the board that were signed by the key of SSCARD_IMAGE_KEY.
[[nodiscard]] terminal::ImageRules image_rules();

/// The slot that this image runs in: the second one begins at that address.
[[nodiscard]] terminal::ImageSlot running_slot(std::uintptr_t second_slot);

} // namespace cortex_m
