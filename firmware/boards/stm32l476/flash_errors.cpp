#include "firmware/boards/stm32l476/flash_errors.hpp"

#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/stm32l476/registers.hpp"

#include <atomic>

namespace stm32l476 {
namespace {

constexpr std::uint32_t two_errors = bit(31);

std::atomic<bool> is_wrong = false;

} // namespace

bool was_flash_wrong() { return is_wrong.exchange(false, std::memory_order_relaxed); }

} // namespace stm32l476

namespace cortex_m {

// Flash that lost its power while it was written has words whose two errors nobody can correct: who
// read them is told. Any other NMI is a fault.
void on_nmi() {
    if (!stm32l476::flash().eccr.has(stm32l476::two_errors)) {
        on_fault();
    }
    stm32l476::flash().eccr.set(stm32l476::two_errors); // writing 1 clears it
    stm32l476::is_wrong.store(true, std::memory_order_relaxed);
}

} // namespace cortex_m
