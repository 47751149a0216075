#include "firmware/boards/cortex_m/fresh_start.hpp"

namespace cortex_m {

// In assembly throughout: the stack is overwritten too. ram_begin and ram_end are the linker
// script's. The MPU goes off first (MPU_CTRL), then SYSRESETREQ with its key goes to AIRCR.
// Armv7-M ARM B3.5.5 and B3.2.6.
void wipe_and_restart_chip() {
    asm volatile("cpsid i             \n"
                 "movs r1, #0         \n"
                 "ldr r0, =0xE000ED94 \n"
                 "str r1, [r0]        \n"
                 "dsb                 \n"
                 "isb                 \n"
                 "ldr r0, =ram_begin  \n"
                 "ldr r2, =ram_end    \n"
                 "0: str r1, [r0], #4 \n"
                 "cmp r0, r2          \n"
                 "blo 0b              \n"
                 "dsb                 \n"
                 "ldr r0, =0xE000ED0C \n"
                 "ldr r1, =0x05FA0004 \n"
                 "str r1, [r0]        \n"
                 "dsb                 \n"
                 "1: b 1b             \n"
                 ".ltorg              \n"
                 :
                 :
                 : "r0", "r1", "r2", "memory");
    __builtin_unreachable();
}

} // namespace cortex_m
