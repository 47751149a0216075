// What QEMU's mps2-an386 starts with.
#include "firmware/boards/cortex_m/boot.hpp"
#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"
#include "firmware/boards/qemu_mps2_an386/memory_flash.hpp"
#include "firmware/boards/qemu_mps2_an386/watchdog.hpp"

namespace cortex_m {

void begin_chip() {}
void on_tick() {}
void on_interrupt(unsigned /*number*/) { on_fault(); }

} // namespace cortex_m

// An image that hangs at once is started again by the watchdog, and a trial has few starts.
int main() {
    qemu_board::start_watchdog();
    qemu_board::MemoryFlash images{qemu_board::kept_memory().images};
    cortex_m::boot(images, qemu_board::kept_address);
    for (;;) { // no image may run; the watchdog has it look again
        cortex_m::wait_for_interrupt();
    }
}
