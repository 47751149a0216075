#include "firmware/boards/stm32l476/st7920_display.hpp"

#include <algorithm>

namespace stm32l476 {
namespace {

// SPI_CR1: master by software, mode 3, 80 MHz / 64 = 1.25 MHz.
constexpr std::uint32_t mode_3 = bit(0) | bit(1);
constexpr std::uint32_t master = bit(2) | bit(8) | bit(9);
constexpr std::uint32_t by_64 = bit(3) | bit(5);
constexpr std::uint32_t enabled = bit(6);
// SPI_CR2
constexpr std::uint32_t eight_bits = 0x7U << 8U;

constexpr std::uint8_t spi2_function = 5;

// ST7920 data sheet, serial interface and instructions.
constexpr std::uint8_t kind_command = 0xF8;
constexpr std::uint8_t kind_text = 0xFA;
constexpr std::uint8_t eight_bit_interface = 0x30;
constexpr std::uint8_t display_on = 0x0C;
constexpr std::uint8_t clear = 0x01;
constexpr std::uint8_t to_the_right = 0x06;
constexpr std::uint8_t first_line = 0x80;
constexpr std::uint8_t second_line = 0x90;
constexpr std::uint8_t high_nibble = 0xF0;
constexpr std::uint32_t clear_us = 2'000;
constexpr std::uint32_t reset_us = 1'000;
constexpr std::uint32_t power_us = 50'000;

} // namespace

St7920Display::St7920Display(DisplayPins const& pins, CycleClock& clock) : pins_{pins} {
    pins_.select.make_output(Drive::push_pull, false);
    pins_.reset.make_output(Drive::push_pull, false);
    pins_.clock.make_peripheral(spi2_function, Drive::push_pull, Pull::none);
    pins_.data.make_peripheral(spi2_function, Drive::push_pull, Pull::none);
    spi2().cr2.write(eight_bits);
    spi2().cr1.write(mode_3 | master | by_64);
    spi2().cr1.set(enabled);
    clock.wait_us(reset_us);
    pins_.reset.set(true);
    clock.wait_us(power_us);
    pins_.select.set(true);
    for (std::uint8_t const command : {eight_bit_interface, display_on, clear, to_the_right}) {
        begin_send(kind_command, command);
        clock.wait_us(clear_us); // the longest of them
    }
    connect_tick(*this);
}

// Five ones begin a transfer, whatever was cut short before. A byte goes as two: its high half,
// then its low half. The SPI's queue has room for all three, as what was sent before is long gone.
void St7920Display::begin_send(std::uint8_t kind, std::uint8_t value) const {
    spi2().data = kind;
    spi2().data = static_cast<std::uint8_t>(value & high_nibble);
    spi2().data = static_cast<std::uint8_t>(value << 4U);
}

void St7920Display::set_line(std::size_t line, apdu::ByteView text) {
    apdu::require(text.size() <= columns);
    auto const place = std::span{bytes_}.subspan(line * line_bytes, line_bytes);
    std::fill(place.begin(), place.end(), std::uint8_t{' '});
    place[0] = line == 0 ? first_line : second_line;
    apdu::copy_bytes(text, place.subspan(1));
}

void St7920Display::show(apdu::ByteView first, apdu::ByteView second) {
    next_ = all_bytes;
    set_line(0, first);
    set_line(1, second);
    next_ = 0;
}

void St7920Display::on_interrupt() {
    std::size_t const at = next_;
    if (at < all_bytes) {
        begin_send(at % line_bytes == 0 ? kind_command : kind_text, bytes_[at]);
        next_ = at + 1;
    }
}

} // namespace stm32l476
