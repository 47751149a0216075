// From reset to main().
#include "firmware/boards/stm32l476/startup.hpp"

#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/core_registers.hpp"
#include "firmware/boards/stm32l476/memory_protection.hpp"

int main();

// Places of the linker script.
extern "C" {
using Constructor = void (*)();
extern std::uint32_t vectors_begin;
extern std::uint32_t data_stored;
extern std::uint32_t data_begin;
extern std::uint32_t data_end;
extern std::uint32_t bss_begin;
extern std::uint32_t bss_end;
extern Constructor const constructors_begin;
extern Constructor const constructors_end;
}

namespace stm32l476 {
namespace {

// Through volatile, or the compiler makes calls of memcpy() and memset() of it, which may be in RAM
// for all it knows.
void fill_ram() {
    std::uint32_t const* from = &data_stored;
    for (std::uint32_t volatile* to = &data_begin; to != &data_end; ++to) {
        *to = *from++;
    }
    for (std::uint32_t volatile* to = &bss_begin; to != &bss_end; ++to) {
        *to = 0;
    }
}

void use_own_vectors() {
    scb().vtor.write(static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(&vectors_begin)));
    asm volatile("dsb\n"
                 "isb\n" ::
                     : "memory");
}

} // namespace

void start() {
    use_own_vectors();
    fill_ram();
    protect_memory();
    start_clocks();
    for (Constructor const* each = &constructors_begin; each != &constructors_end; ++each) {
        (*each)();
    }
    (void)main();
    cortex_m::wipe_and_restart_chip();
}

} // namespace stm32l476
