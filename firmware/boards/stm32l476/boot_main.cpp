// What the STM32L476 starts with.
#include "firmware/boards/cortex_m/boot.hpp"
#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/flash_layout.hpp"
#include "firmware/boards/stm32l476/memory_protection.hpp"
#include "firmware/boards/stm32l476/page_flash.hpp"
#include "firmware/boards/stm32l476/watchdog.hpp"

namespace cortex_m {

// An image that hangs at once is started again by the watchdog, and a trial has few starts.
void begin_chip() {
    stm32l476::start_watchdog();
    stm32l476::protect_memory();
    stm32l476::start_clocks();
}

void on_tick() {}
void on_interrupt(unsigned /*number*/) { on_fault(); }

void on_fault() { wipe_and_restart_chip(); }

} // namespace cortex_m

int main() {
    stm32l476::PageFlash images{stm32l476::images_begin, stm32l476::images_pages};
    cortex_m::boot(images, stm32l476::images_begin);
    for (;;) { // no image may run; the watchdog has it look again
        cortex_m::wait_for_interrupt();
    }
}
