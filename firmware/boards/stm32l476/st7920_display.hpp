#pragma once

#include "firmware/boards/stm32l476/cycle_clock.hpp"
#include "firmware/boards/stm32l476/interrupts.hpp"
#include "firmware/boards/stm32l476/pin.hpp"
#include "firmware/hal/display.hpp"

#include <array>
#include <atomic>

namespace stm32l476 {

/// Wires of a display on SPI2.
struct DisplayPins {
    Pin select; ///< CS: high once it has started
    Pin reset;  ///< XRESET
    Pin clock;  ///< SCLK
    Pin data;   ///< SID
};

/// A display with the ST7920 controller, which has the characters of GB 2312 in its own memory, on
/// its serial interface. It is drawn from the tick, a byte at each: no card waits for the 35 ms
/// that it takes.
class St7920Display final : public hal::Display, public InterruptSource {
public:
    /// Starts it, which takes 60 ms. `clock` must be there meanwhile.
    St7920Display(DisplayPins const& pins, CycleClock& clock);

    void show(apdu::ByteView first, apdu::ByteView second) override;

    void on_interrupt() override;

private:
    /// The place of a line, and its text.
    static constexpr std::size_t line_bytes = 1 + columns;
    static constexpr std::size_t all_bytes = 2 * line_bytes;

    void set_line(std::size_t line, apdu::ByteView text);
    void begin_send(std::uint8_t kind, std::uint8_t value) const;

    DisplayPins pins_;
    std::array<std::uint8_t, all_bytes> bytes_{};
    std::atomic<std::size_t> next_ = all_bytes; ///< byte to draw; at the end there is none
};

} // namespace stm32l476
