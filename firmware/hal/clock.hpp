#pragma once

#include <cstdint>

namespace hal {

/// Time since the terminal started.
class Clock {
public:
    Clock() = default;
    Clock(Clock const&) = delete;
    Clock& operator=(Clock const&) = delete;
    virtual ~Clock() = default;

    /// In microseconds; never goes back, never wraps.
    [[nodiscard]] virtual std::uint64_t now_us() = 0;
};

} // namespace hal
