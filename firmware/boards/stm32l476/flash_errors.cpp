#include "firmware/boards/stm32l476/flash_errors.hpp"

#include "firmware/boards/stm32l476/registers.hpp"

#include <atomic>

namespace stm32l476 {
namespace {

constexpr std::uint32_t two_errors = bit(31);

std::atomic<bool> is_wrong = false;

} // namespace

bool take_flash_error() {
    if (!flash().eccr.has(two_errors)) {
        return false;
    }
    flash().eccr.set(two_errors); // writing 1 clears it
    is_wrong.store(true, std::memory_order_relaxed);
    return true;
}

bool was_flash_wrong() { return is_wrong.exchange(false, std::memory_order_relaxed); }

} // namespace stm32l476
