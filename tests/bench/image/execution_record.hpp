#pragma once

#include <array>
#include <cstdint>

namespace bench {

/// What happened in an image that QEMU runs.
enum class Happening : std::uint32_t {
    sleeps,   ///< its core waits for an interrupt, and until it is told to go on
    receives, ///< it reads the data register of a UART
    sends,    ///< it writes one
};

/// Of each, what the plugin execution_watch writes, as it is in memory.
struct ExecutionRecord {
    std::uint64_t instructions; ///< executed so far
    Happening what;
    std::uint32_t uart;   ///< by its place in uart_data
    std::uint32_t lowest; ///< address in RAM that was read or written since a look_anew
};

/// What is written to the plugin when the image sleeps.
enum class GoOn : std::uint8_t {
    as_before,
    look_anew, ///< at the lowest address
};

/// Data registers of the mps2-an386's UARTs, in the order of the terminal's wires.
inline constexpr std::array<std::uint32_t, 5> uart_data{0x4000'4000, 0x4000'5000, 0x4000'6000,
                                                        0x4000'7000, 0x4000'9000};
/// Where the machine's RAM begins, and with it the terminal's stack.
inline constexpr std::uint32_t ram_begin = 0x2000'0000;

} // namespace bench
