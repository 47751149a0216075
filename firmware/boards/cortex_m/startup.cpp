// From reset to main(), and the table of interrupts.
#include "firmware/boards/cortex_m/startup.hpp"

#include "firmware/boards/cortex_m/core_registers.hpp"

#include <array>

int main();

extern "C" {

extern std::uint32_t image_stack_top;
extern std::uint32_t image_data_load;
extern std::uint32_t image_data_start;
extern std::uint32_t image_data_end;
extern std::uint32_t image_bss_start;
extern std::uint32_t image_bss_end;
using Constructor = void (*)();
extern Constructor image_init_array_start;
extern Constructor image_init_array_end;

/// The first instruction of the image.
[[noreturn]] void cortex_m_start() {
    std::uint32_t const* from = &image_data_load;
    for (std::uint32_t volatile* to = &image_data_start; to != &image_data_end; ++to) {
        *to = *from++;
    }
    for (std::uint32_t volatile* to = &image_bss_start; to != &image_bss_end; ++to) {
        *to = 0;
    }
    cortex_m::begin_chip();
    for (Constructor const* constructor = &image_init_array_start;
         constructor != &image_init_array_end; ++constructor) {
        (*constructor)();
    }
    (void)main();
    cortex_m::on_fault();
}

/// Where the faults lead.
[[gnu::used, noreturn]] void cortex_m_fault() { cortex_m::on_fault(); }

} // extern "C"

namespace {

/// The stack may be what is at fault: it begins anew.
[[gnu::naked]] void on_fault_exception() {
    asm volatile("ldr r0, =image_stack_top \n"
                 "mov sp, r0               \n"
                 "bl cortex_m_fault        \n"
                 ".ltorg                   \n");
}

void on_any_interrupt() {
    constexpr unsigned first_interrupt = 16;
    cortex_m::on_interrupt(cortex_m::current_exception() - first_interrupt);
}

void on_non_maskable() { cortex_m::on_nmi(); }

void on_sys_tick() { cortex_m::on_tick(); }

/// Stack, reset, faults, tick, and as many interrupts as either chip has.
struct VectorTable {
    std::uint32_t* stack;
    std::array<void (*)(), 14> exceptions;
    void (*sys_tick)();
    std::array<void (*)(), 96> interrupts;
};

consteval std::array<void (*)(), 14> exceptions() {
    std::array<void (*)(), 14> all{};
    all.fill(on_fault_exception);
    all[0] = cortex_m_start;
    all[1] = on_non_maskable;
    return all;
}

consteval std::array<void (*)(), 96> interrupts() {
    std::array<void (*)(), 96> all{};
    all.fill(on_any_interrupt);
    return all;
}

[[gnu::section(".vectors"), gnu::used]] constexpr VectorTable vectors{
    &image_stack_top, exceptions(), on_sys_tick, interrupts()};

} // namespace
