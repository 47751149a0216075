#include "firmware/boards/cortex_m/boot.hpp"

#include "firmware/boards/cortex_m/image_rules.hpp"
#include "firmware/boards/cortex_m/mbedtls_memory.hpp"
#include "firmware/core/boot_record.hpp"

#include "keys/mbedtls/mbedtls_signature.hpp"

namespace cortex_m {
namespace {

/// As if the chip began there: no memory is protected, interrupts by the table at `vectors`, its
/// stack, its first instruction. Armv7-M ARM B3.5.5 (MPU_CTRL), B3.2.5 (VTOR), B1.5.5.
[[noreturn]] void start_at(std::uintptr_t vectors) {
    asm volatile("movs r1, #0      \n"
                 "str r1, [%2]     \n"
                 "str %0, [%1]     \n"
                 "dsb              \n"
                 "isb              \n"
                 "ldr r1, [%0]     \n"
                 "ldr r2, [%0, #4] \n"
                 "mov sp, r1       \n"
                 "bx r2            \n"
                 :
                 : "r"(vectors), "r"(0xE000ED08), "r"(0xE000ED94)
                 : "r1", "r2", "memory");
    __builtin_unreachable();
}

} // namespace

void boot(hal::Flash& images, std::uintptr_t address) {
    give_memory_to_mbedtls();
    keys::mbedtls::MbedtlsSignature signature;
    terminal::ImageSlots slots{images, signature, image_rules()};
    terminal::BootRecord record{images};
    record.load();
    if (auto const slot = terminal::choose_slot(slots, record)) {
        start_at(address + slots.start_of(*slot) + terminal::ImageSlots::image_offset);
    }
}

} // namespace cortex_m
