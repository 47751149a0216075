#include "firmware/boards/stm32l476/st7920_display.hpp"

namespace stm32l476 {
namespace {

// SPI_CR1: master by software, mode 3, 80 MHz / 64 = 1.25 MHz.
constexpr std::uint32_t mode_3 = bit(0) | bit(1);
constexpr std::uint32_t master = bit(2) | bit(8) | bit(9);
constexpr std::uint32_t by_64 = bit(3) | bit(5);
constexpr std::uint32_t enabled = bit(6);
// SPI_CR2
constexpr std::uint32_t eight_bits = 0x7U << 8U;
// SPI_SR
constexpr std::uint32_t room = bit(1);
constexpr std::uint32_t busy = bit(7);

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
constexpr std::uint32_t instruction_us = 75;
constexpr std::uint32_t clear_us = 2'000;
constexpr std::uint32_t reset_us = 1'000;
constexpr std::uint32_t power_us = 50'000;

} // namespace

St7920Display::St7920Display(DisplayPins const& pins, CycleClock& clock)
    : pins_{pins}, clock_{clock} {
    pins_.select.make_output(Drive::push_pull, false);
    pins_.reset.make_output(Drive::push_pull, false);
    pins_.clock.make_peripheral(spi2_function, Drive::push_pull, Pull::none);
    pins_.data.make_peripheral(spi2_function, Drive::push_pull, Pull::none);
    spi2().cr2.write(eight_bits);
    spi2().cr1.write(mode_3 | master | by_64);
    spi2().cr1.set(enabled);
    clock_.wait_us(reset_us);
    pins_.reset.set(true);
    clock_.wait_us(power_us);
    command(eight_bit_interface);
    command(display_on);
    command(clear);
    clock_.wait_us(clear_us);
    command(to_the_right);
}

// The SPI has a queue, and it is the clock's time that empties it: no wait here is long.
void St7920Display::send_byte(std::uint8_t byte) {
    while (!spi2().sr.has(room)) {}
    spi2().data = byte;
}

// A byte goes as two: its high half, then its low half.
void St7920Display::send(std::uint8_t kind, std::uint8_t value) {
    pins_.select.set(true);
    send_byte(kind);
    send_byte(static_cast<std::uint8_t>(value & high_nibble));
    send_byte(static_cast<std::uint8_t>(value << 4U));
    while (!spi2().sr.has(room) || spi2().sr.has(busy)) {}
    pins_.select.set(false);
    clock_.wait_us(instruction_us);
}

void St7920Display::command(std::uint8_t value) { send(kind_command, value); }

void St7920Display::show_line(std::uint8_t place, apdu::ByteView text) {
    apdu::require(text.size() <= columns);
    command(place);
    for (std::uint8_t const byte : text) {
        send(kind_text, byte);
    }
    for (std::size_t i = text.size(); i < columns; ++i) {
        send(kind_text, ' ');
    }
}

void St7920Display::show(apdu::ByteView first, apdu::ByteView second) {
    show_line(first_line, first);
    show_line(second_line, second);
}

} // namespace stm32l476
