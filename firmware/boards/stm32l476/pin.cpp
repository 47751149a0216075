#include "firmware/boards/stm32l476/pin.hpp"

namespace stm32l476 {
namespace {

constexpr std::uintptr_t ports_address = 0x4800'0000;
constexpr std::uintptr_t port_size = 0x400;
constexpr unsigned bits_per_pin = 2;
constexpr std::uint32_t two_bits = 0x3;
constexpr unsigned functions_per_register = 8;
constexpr unsigned bits_per_function = 4;
constexpr std::uint32_t four_bits = 0xF;
constexpr unsigned reset_shift = 16; ///< of BSRR's half that makes pins low

} // namespace

GpioRegisters& Pin::registers() const {
    auto const port = static_cast<std::uintptr_t>(port_);
    return *reinterpret_cast<GpioRegisters*>(ports_address + port * port_size);
}

void Pin::set_mode(Mode mode) const {
    unsigned const shift = number_ * bits_per_pin;
    registers().moder.change(two_bits << shift, static_cast<std::uint32_t>(mode) << shift);
}

void Pin::set_drive(Drive drive) const {
    bool const is_open = drive == Drive::open_drain;
    registers().otyper.change(bit(number_), is_open ? bit(number_) : 0);
}

void Pin::set_pull(Pull pull) const {
    unsigned const shift = number_ * bits_per_pin;
    registers().pupdr.change(two_bits << shift, static_cast<std::uint32_t>(pull) << shift);
}

void Pin::make_input(Pull pull) const {
    set_pull(pull);
    set_mode(Mode::input);
}

void Pin::make_output(Drive drive, bool is_high) const {
    set(is_high);
    set_drive(drive);
    set_mode(Mode::output);
}

void Pin::make_peripheral(std::uint8_t function, Drive drive, Pull pull) const {
    unsigned const shift = number_ % functions_per_register * bits_per_function;
    registers().afr[number_ / functions_per_register].change(four_bits << shift,
                                                             std::uint32_t{function} << shift);
    set_drive(drive);
    set_pull(pull);
    set_mode(Mode::peripheral);
}

void Pin::set(bool is_high) const {
    registers().bsrr.write(is_high ? bit(number_) : bit(number_ + reset_shift));
}

bool Pin::is_high() const { return registers().idr.has(bit(number_)); }

} // namespace stm32l476
