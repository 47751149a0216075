#pragma once

#include "firmware/boards/stm32l476/cycle_clock.hpp"
#include "firmware/boards/stm32l476/pin.hpp"
#include "firmware/hal/pin_pad.hpp"

#include <array>

namespace stm32l476 {

/// Wires of a matrix of keys: 1 2 3, 4 5 6, 7 8 9, * 0 #.
struct KeypadPins {
    std::array<Pin, 4> rows;    ///< driven low, one at a time
    std::array<Pin, 3> columns; ///< pulled up
};

/// A telephone's twelve keys. # is enter; * is clear when it is let go, and cancel once it was held
/// for cancel_us. With two keys down there is none.
class Keypad final : public hal::PinPad {
public:
    /// `clock` must outlive it.
    Keypad(KeypadPins const& pins, CycleClock& clock);

    [[nodiscard]] std::optional<hal::PadKey> key() override;

    static constexpr std::uint64_t scan_each_us = 5'000;
    /// Scans in a row that must see the same.
    static constexpr unsigned same_scans = 4;
    static constexpr std::uint64_t cancel_us = 1'000'000;

private:
    void look();
    [[nodiscard]] std::optional<std::uint8_t> scan();
    void on_change(std::optional<std::uint8_t> down);

    KeypadPins pins_;
    CycleClock& clock_;
    std::uint64_t scan_at_us_ = 0;
    std::optional<std::uint8_t> seen_; ///< at the last scan
    unsigned seen_times_ = 0;
    std::optional<std::uint8_t> down_;          ///< once it has stopped to bounce
    std::optional<std::uint64_t> cancel_at_us_; ///< while * is held
    std::optional<hal::PadKey> pressed_;
};

} // namespace stm32l476
