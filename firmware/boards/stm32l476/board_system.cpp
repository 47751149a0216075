#include "firmware/boards/stm32l476/board_system.hpp"

#include "firmware/boards/cortex_m/fresh_start.hpp"
#include "firmware/boards/stm32l476/watchdog.hpp"

#include <algorithm>

namespace stm32l476 {
namespace {

constexpr std::uintptr_t chip_number_address = 0x1FFF'7590;
constexpr unsigned words_of_number = 3;

// RCC_CSR
constexpr std::uint32_t forget_reasons = bit(23);
constexpr std::uint32_t by_software = bit(28);
constexpr std::uint32_t by_watchdog = bit(29);

hal::StartReason take_reason() {
    std::uint32_t const reasons = rcc().csr.read();
    rcc().csr.set(forget_reasons);
    rcc().csr.clear(forget_reasons);
    if ((reasons & by_watchdog) != 0) {
        return hal::StartReason::watchdog;
    }
    return (reasons & by_software) != 0 ? hal::StartReason::restart : hal::StartReason::power;
}

} // namespace

BoardSystem::BoardSystem(Lines const& lines) : lines_{lines}, reason_{take_reason()} {
    start_watchdog();
    start_tick();
}

std::array<std::uint8_t, 12> BoardSystem::chip_number() const {
    std::array<std::uint8_t, 12> number{};
    auto const* const words = reinterpret_cast<std::uint32_t const volatile*>(chip_number_address);
    for (unsigned i = 0; i < words_of_number; ++i) {
        std::uint32_t const word = words[i];
        for (unsigned byte = 0; byte < sizeof word; ++byte) {
            number[i * sizeof word + byte] = static_cast<std::uint8_t>(word >> (8 * byte));
        }
    }
    return number;
}

void BoardSystem::feed_watchdog() { stm32l476::feed_watchdog(); }

// An interrupt between the last step and this would be slept over by WFI; WFE remembers it.
void BoardSystem::idle() {
    bool const is_any_guarding =
        std::any_of(lines_.begin(), lines_.end(), [](auto* line) { return line->is_guarding(); });
    if (!is_any_guarding) {
        asm volatile("dsb\n"
                     "wfe\n" ::
                         : "memory");
    }
}

void BoardSystem::restart() { cortex_m::wipe_and_restart_chip(); }

} // namespace stm32l476
