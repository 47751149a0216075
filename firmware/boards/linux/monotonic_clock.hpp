#pragma once

#include "firmware/hal/clock.hpp"

#include <ctime>

namespace linux_board {

/// The kernel's monotonic clock.
class MonotonicClock final : public hal::Clock {
public:
    std::uint64_t now_us() override {
        timespec now{};
        (void)::clock_gettime(CLOCK_MONOTONIC, &now);
        return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
               static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
    }
};

} // namespace linux_board
