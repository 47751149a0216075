#pragma once

#include "apdu/bytes.hpp"

#include <array>
#include <cstdint>

namespace hal {

/// Why the terminal started.
enum class StartReason : std::uint8_t { power, watchdog, restart };

/// What is left of a board: its chip and case.
class System {
public:
    System() = default;
    System(System const&) = delete;
    System& operator=(System const&) = delete;
    virtual ~System() = default;

    /// The chip's own number.
    [[nodiscard]] virtual std::array<std::uint8_t, 12> chip_number() const = 0;
    [[nodiscard]] virtual StartReason start_reason() const = 0;
    /// True while the case is, or since the last clear_tamper() was, open.
    [[nodiscard]] virtual bool is_tampered() = 0;
    /// Forgets that the case was open. False: it still is.
    [[nodiscard]] virtual bool clear_tamper() = 0;
    /// Keeps the watchdog from restarting the terminal; due every second.
    virtual void feed_watchdog() = 0;
    /// Waits until there may be something to do: 1 ms at most.
    virtual void idle() = 0;
    /// Starts the terminal anew.
    [[noreturn]] virtual void restart() = 0;
};

} // namespace hal
