#pragma once

namespace cortex_m {

/// Overwrites all of RAM, stack included, and restarts the chip: no key in it outlives a fault.
[[noreturn]] void wipe_and_restart_chip();

} // namespace cortex_m
