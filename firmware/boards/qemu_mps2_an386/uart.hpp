#pragma once

#include "firmware/boards/cortex_m/core_registers.hpp"
#include "firmware/boards/cortex_m/interrupt_ring.hpp"
#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/hal/host_line.hpp"

namespace qemu_board {

/// Registers of a CMSDK APB UART.
struct UartRegisters {
    cortex_m::Register data;
    cortex_m::Register state;
    cortex_m::Register control;
    cortex_m::Register interrupt;
    cortex_m::Register divider;
};

/// A UART of the board: what comes goes into a ring by interrupt, and waits in QEMU when that is
/// full.
template <std::size_t size>
class Uart {
public:
    /// `interrupt`: the number of its receive interrupt, which begins at once.
    Uart(std::uintptr_t address, unsigned interrupt)
        : registers_{cortex_m::block_at<UartRegisters>(address)} {
        registers_.divider = divider_min;
        registers_.control = transmit_on | receive_on | receive_interrupt_on;
        cortex_m::enable_interrupt(interrupt);
    }

    /// The next byte that has come.
    std::optional<std::uint8_t> receive() {
        auto const byte = ring_.take();
        if (byte && (registers_.state & is_received) != 0) {
            cortex_m::InterruptsOff const off;
            on_interrupt();
        }
        return byte;
    }
    /// False: the one before is not out.
    bool send(std::uint8_t byte) {
        if ((registers_.state & is_transmit_full) != 0) {
            return false;
        }
        registers_.data = byte;
        return true;
    }
    /// To be called at its receive interrupt.
    void on_interrupt() {
        registers_.interrupt = receive_interrupt;
        while ((registers_.state & is_received) != 0 && !ring_.is_full()) {
            ring_.put(static_cast<std::uint8_t>(registers_.data));
        }
    }

private:
    static constexpr std::uint32_t is_transmit_full = 1U << 0;
    static constexpr std::uint32_t is_received = 1U << 1;
    static constexpr std::uint32_t transmit_on = 1U << 0;
    static constexpr std::uint32_t receive_on = 1U << 1;
    static constexpr std::uint32_t receive_interrupt_on = 1U << 3;
    static constexpr std::uint32_t receive_interrupt = 1U << 1;
    static constexpr std::uint32_t divider_min = 16;

    UartRegisters& registers_;
    cortex_m::InterruptRing<std::uint8_t, size> ring_{};
};

/// Bytes that a host may send before anybody looks.
inline constexpr std::size_t host_ring_size = 512;
inline constexpr std::size_t stream_ring_size = 64;

/// A link to the host on a UART.
class UartHostLine final : public hal::HostLine {
public:
    explicit UartHostLine(Uart<host_ring_size>& uart) : uart_{uart} {}

    [[nodiscard]] std::optional<Byte> receive() override {
        auto const byte = uart_.receive();
        return byte ? std::optional{Byte{.value = *byte, .is_damaged = false}} : std::nullopt;
    }
    [[nodiscard]] bool send(std::uint8_t byte) override { return uart_.send(byte); }

private:
    Uart<host_ring_size>& uart_;
};

/// Wires as a stream on a UART.
class UartStream final : public streams::ByteStream {
public:
    explicit UartStream(Uart<stream_ring_size>& uart) : uart_{uart} {}

    [[nodiscard]] std::optional<std::uint8_t> receive() override { return uart_.receive(); }
    [[nodiscard]] bool send(std::uint8_t byte) override { return uart_.send(byte); }
    /// A UART does not see who comes; whoever does, says so.
    [[nodiscard]] unsigned peers() const override { return 1; }

private:
    Uart<stream_ring_size>& uart_;
};

} // namespace qemu_board
