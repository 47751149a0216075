#pragma once

#include "firmware/boards/stm32l476/case_switch.hpp"
#include "firmware/boards/stm32l476/smartcard_line.hpp"
#include "firmware/hal/system.hpp"

namespace stm32l476 {

/// The chip, its watchdog and its case.
class BoardSystem final : public hal::System {
public:
    /// The lines that the core must not sleep over; they outlive it.
    using Lines = std::array<SmartcardLine*, 3>;

    /// Takes the reason for the start out of the chip, and starts the watchdog and the tick.
    explicit BoardSystem(Lines const& lines);

    [[nodiscard]] std::array<std::uint8_t, 12> chip_number() const override;
    [[nodiscard]] hal::StartReason start_reason() const override { return reason_; }
    [[nodiscard]] bool is_tampered() override { return case_.was_open(); }
    [[nodiscard]] bool clear_tamper() override { return case_.seal(); }
    void feed_watchdog() override;
    /// Until the next interrupt; not at all where one came since the last time.
    void idle() override;
    /// RAM is wiped before.
    [[noreturn]] void restart() override;

private:
    Lines lines_;
    CaseSwitch case_{};
    hal::StartReason reason_;
};

} // namespace stm32l476
