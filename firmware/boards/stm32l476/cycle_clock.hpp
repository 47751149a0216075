#pragma once

#include "firmware/hal/clock.hpp"

namespace stm32l476 {

/// TIM2, which counts microseconds in 32 bits, and its wraps. For the main loop only, which asks
/// far more often than TIM2 wraps, once in 71 minutes: no interrupt counts, and none can tear it.
class CycleClock final : public hal::Clock {
public:
    /// Starts TIM2 at 0.
    CycleClock();

    [[nodiscard]] std::uint64_t now_us() override;
    /// Waits, for as short as there is nothing else to do.
    void wait_us(std::uint32_t us);

private:
    std::uint32_t last_ = 0;
    std::uint32_t wraps_ = 0;
};

} // namespace stm32l476
