#pragma once

#include "firmware/boards/cortex_m/interrupt_ring.hpp"
#include "firmware/boards/stm32l476/interrupts.hpp"
#include "firmware/boards/stm32l476/registers.hpp"
#include "firmware/hal/host_line.hpp"

namespace stm32l476 {

/// A host line on an UART, whose pins are its own already. While the chip erases a page of the
/// flash that it runs from, the line loses bytes: the next one is damaged then.
class UsartHostLine final : public hal::HostLine, public InterruptSource {
public:
    /// `usart` runs on core_hz.
    UsartHostLine(UsartRegisters& usart, Interrupt interrupt);

    [[nodiscard]] std::optional<Byte> receive() override;
    [[nodiscard]] bool send(std::uint8_t byte) override;

    void on_interrupt() override;

private:
    static constexpr std::size_t received_max = 512;

    UsartRegisters& usart_;
    cortex_m::InterruptRing<Byte, received_max> received_{};
    bool is_any_lost_ = false; ///< of the interrupt alone
};

} // namespace stm32l476
