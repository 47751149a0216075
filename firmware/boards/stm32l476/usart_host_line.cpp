#include "firmware/boards/stm32l476/usart_host_line.hpp"

#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/usart_bits.hpp"

namespace stm32l476 {
namespace {

constexpr std::uint32_t baud = 115'200;

} // namespace

UsartHostLine::UsartHostLine(UsartRegisters& usart, Interrupt interrupt) : usart_{usart} {
    usart_.cr1.write(0);
    usart_.cr2.write(usart::stop_2);
    usart_.cr3.write(usart::interrupt_error);
    usart_.brr.write((core_hz + baud / 2) / baud);
    usart_.icr.write(usart::all_errors);
    usart_.cr1.write(usart::enabled | usart::receiver | usart::transmitter |
                     usart::interrupt_received);
    connect(interrupt, *this);
}

std::optional<hal::HostLine::Byte> UsartHostLine::receive() { return received_.take(); }

// The interrupt when the byte has left the register wakes the core up for the next.
bool UsartHostLine::send(std::uint8_t byte) {
    if (!usart_.isr.has(usart::empty)) {
        return false;
    }
    usart_.tdr.write(byte);
    usart_.cr1.set(usart::interrupt_empty);
    return true;
}

// What came with an error is read before the error is cleared; after an overrun it is a byte after
// it that is lost, so the next is damaged too.
void UsartHostLine::on_interrupt() {
    std::uint32_t const status = usart_.isr.read();
    bool const is_overrun = (status & usart::overrun_error) != 0;
    if ((status & usart::received) != 0) {
        bool const is_damaged = (status & usart::all_errors) != 0 || is_any_lost_;
        auto const value = static_cast<std::uint8_t>(usart_.rdr.read());
        is_any_lost_ = !received_.put({value, is_damaged});
    }
    is_any_lost_ = is_any_lost_ || is_overrun;
    usart_.icr.write(status & usart::all_errors);
    if ((status & usart::empty) != 0) {
        usart_.cr1.clear(usart::interrupt_empty);
    }
}

} // namespace stm32l476
