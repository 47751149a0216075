// The kiosk's terminal on QEMU's mps2-an386: its wires are UARTs.
#include "firmware/boards/cortex_m/image_rules.hpp"
#include "firmware/boards/cortex_m/mbedtls_memory.hpp"
#include "firmware/boards/cortex_m/startup.hpp"
#include "firmware/boards/qemu_mps2_an386/board_noise.hpp"
#include "firmware/boards/qemu_mps2_an386/board_system.hpp"
#include "firmware/boards/qemu_mps2_an386/counter_clock.hpp"
#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"
#include "firmware/boards/qemu_mps2_an386/memory_flash.hpp"
#include "firmware/boards/qemu_mps2_an386/uart.hpp"
#include "firmware/boards/streams/stream_card_line.hpp"
#include "firmware/boards/streams/stream_pad.hpp"
#include "firmware/core/terminal.hpp"

#include "keys/mbedtls/mbedtls_aes.hpp"
#include "keys/mbedtls/mbedtls_random.hpp"
#include "keys/mbedtls/mbedtls_signature.hpp"

namespace {

constexpr std::uint32_t user_clock_hz = 4'000'000;
constexpr std::uint32_t sam_clock_hz = 4'800'000;
constexpr terminal::Identity identity{"KioskTerm", "1.0.0", "qemu_mps2_an386", "KioskTerm-1.0"};

// Numbers of the receive interrupts.
constexpr unsigned pad_host_interrupt = 0;
constexpr unsigned sam_host_interrupt = 2;
constexpr unsigned card_interrupt = 4;
constexpr unsigned sams_interrupt = 18;
constexpr unsigned pad_interrupt = 20;

/// All of the board, in the order in which its parts need each other.
struct Parts {
    qemu_board::BoardSystem system{};
    qemu_board::CounterClock clock{};
    qemu_board::Uart<qemu_board::host_ring_size> pad_host_uart{0x4000'4000, pad_host_interrupt};
    qemu_board::Uart<qemu_board::host_ring_size> sam_host_uart{0x4000'5000, sam_host_interrupt};
    qemu_board::Uart<qemu_board::stream_ring_size> card_uart{0x4000'6000, card_interrupt};
    qemu_board::Uart<qemu_board::stream_ring_size> sams_uart{0x4000'7000, sams_interrupt};
    qemu_board::Uart<qemu_board::stream_ring_size> pad_uart{0x4000'9000, pad_interrupt};
    qemu_board::UartHostLine pad_host{pad_host_uart};
    qemu_board::UartHostLine sam_host{sam_host_uart};
    qemu_board::UartStream card_stream{card_uart};
    qemu_board::UartStream sams_stream{sams_uart};
    qemu_board::UartStream pad_stream{pad_uart};
    streams::ContactPort card_port{card_stream};
    streams::ContactPort sams_port{sams_stream};
    streams::StreamCardLine user_card{card_port, 0, clock, user_clock_hz, false};
    streams::StreamCardLine sam_1{sams_port, 0, clock, sam_clock_hz, false};
    streams::StreamCardLine sam_2{sams_port, 1, clock, sam_clock_hz, false};
    streams::StreamPad pad{pad_stream};
    qemu_board::BoardNoise noise{card_port, clock};
    qemu_board::MemoryFlash key_flash{qemu_board::kept_memory().keys};
    qemu_board::MemoryFlash image_flash{qemu_board::kept_memory().images};
    hal::Board board{clock, system, noise, pad_host, sam_host,  user_card,
                     sam_1, sam_2,  pad,   pad,      key_flash, image_flash};
};

Parts& parts() {
    static Parts all;
    return all;
}

} // namespace

namespace cortex_m {

// Until all that they are for is there.
void begin_chip() { hold_interrupts(); }

void on_tick() {}

void on_interrupt(unsigned number) {
    auto& all = parts();
    switch (number) {
    case pad_host_interrupt:
        return all.pad_host_uart.on_interrupt();
    case sam_host_interrupt:
        return all.sam_host_uart.on_interrupt();
    case card_interrupt:
        return all.card_uart.on_interrupt();
    case sams_interrupt:
        return all.sams_uart.on_interrupt();
    case pad_interrupt:
        return all.pad_uart.on_interrupt();
    default:
        on_fault();
    }
}

} // namespace cortex_m

int main() {
    cortex_m::give_memory_to_mbedtls();
    static keys::mbedtls::MbedtlsAes aes;
    static keys::mbedtls::MbedtlsRandom generator;
    static keys::mbedtls::MbedtlsSignature signature;
    auto& all = parts();
    cortex_m::allow_interrupts();
    static terminal::Terminal terminal{
        all.board,
        {aes, generator, signature},
        identity,
        {.rules = cortex_m::image_rules(),
         .running = cortex_m::running_slot(qemu_board::second_slot)}};
    for (;;) {
        terminal.step();
        all.system.idle();
    }
}
