#pragma once

#include "firmware/hal/clock.hpp"

#include <ctime>

namespace linux_board {

/// The kernel's monotonic clock, from when the object was made.
class MonotonicClock final : public hal::Clock {
public:
    std::uint64_t now_us() override { return since_boot_us() - began_us_; }

private:
    static std::uint64_t since_boot_us() {
        timespec now{};
        (void)::clock_gettime(CLOCK_MONOTONIC, &now);
        return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
               static_cast<std::uint64_t>(now.tv_nsec) / 1'000;
    }

    std::uint64_t began_us_ = since_boot_us();
};

} // namespace linux_board
