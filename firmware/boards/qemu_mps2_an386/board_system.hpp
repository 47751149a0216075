#pragma once

#include "firmware/hal/system.hpp"

namespace qemu_board {

/// The board's watchdog, restarts and sleep. Its case cannot be opened.
class BoardSystem final : public hal::System {
public:
    /// Starts the watchdog.
    BoardSystem();

    [[nodiscard]] std::array<std::uint8_t, 12> chip_number() const override;
    [[nodiscard]] hal::StartReason start_reason() const override { return start_reason_; }
    [[nodiscard]] bool is_tampered() override { return false; }
    [[nodiscard]] bool clear_tamper() override { return true; }
    void feed_watchdog() override;
    void idle() override;
    [[noreturn]] void restart() override;

private:
    hal::StartReason start_reason_;
};

} // namespace qemu_board
