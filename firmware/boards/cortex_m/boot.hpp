#pragma once

#include "firmware/hal/flash.hpp"

namespace cortex_m {

/// Starts the image that is to run (terminal::choose_slot). `images`: the flash of the slots and
/// the boot record, which the core reads from `address` on. Returns where no image may run.
void boot(hal::Flash& images, std::uintptr_t address);

} // namespace cortex_m
