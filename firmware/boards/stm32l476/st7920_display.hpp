#pragma once

#include "firmware/boards/stm32l476/cycle_clock.hpp"
#include "firmware/boards/stm32l476/pin.hpp"
#include "firmware/hal/display.hpp"

namespace stm32l476 {

/// Wires of a display on SPI2.
struct DisplayPins {
    Pin select; ///< CS: high while it is spoken to
    Pin reset;  ///< XRESET
    Pin clock;  ///< SCLK
    Pin data;   ///< SID
};

/// A display with the ST7920 controller, which has the characters of GB 2312 in its own memory, on
/// its serial interface. Takes 4 ms to draw: the lines' interrupts go on meanwhile.
class St7920Display final : public hal::Display {
public:
    /// Starts it, which takes 60 ms. `clock` must outlive it.
    St7920Display(DisplayPins const& pins, CycleClock& clock);

    void show(apdu::ByteView first, apdu::ByteView second) override;

private:
    void command(std::uint8_t value);
    void show_line(std::uint8_t place, apdu::ByteView text);
    void send(std::uint8_t kind, std::uint8_t value);
    void send_byte(std::uint8_t byte);

    DisplayPins pins_;
    CycleClock& clock_;
};

} // namespace stm32l476
