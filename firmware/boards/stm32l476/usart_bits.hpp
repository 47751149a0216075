#pragma once

#include "firmware/boards/stm32l476/registers.hpp"

// Bits of the serial lines' registers. RM0351 §40.8.
namespace stm32l476::usart {

// CR1
inline constexpr std::uint32_t enabled = bit(0);
inline constexpr std::uint32_t receiver = bit(2);
inline constexpr std::uint32_t transmitter = bit(3);
inline constexpr std::uint32_t interrupt_received = bit(5);
inline constexpr std::uint32_t interrupt_complete = bit(6);
inline constexpr std::uint32_t interrupt_empty = bit(7);
inline constexpr std::uint32_t parity_on = bit(10); // even
inline constexpr std::uint32_t nine_bits = bit(12);

// CR2
inline constexpr std::uint32_t clock_out = bit(11);
inline constexpr std::uint32_t stop_2 = bit(13);
inline constexpr std::uint32_t stop_1_5 = bit(12) | bit(13);
inline constexpr std::uint32_t data_inverted = bit(18);
inline constexpr std::uint32_t msb_first = bit(19);

// CR3
inline constexpr std::uint32_t interrupt_error = bit(0);
inline constexpr std::uint32_t error_signal = bit(4);
inline constexpr std::uint32_t smartcard = bit(5);
inline constexpr unsigned repetitions_shift = 17;

// ISR, and ICR where the same bit clears it
inline constexpr std::uint32_t parity_error = bit(0);
inline constexpr std::uint32_t framing_error = bit(1);
inline constexpr std::uint32_t noise_error = bit(2);
inline constexpr std::uint32_t overrun_error = bit(3);
inline constexpr std::uint32_t received = bit(5); // not in ICR: reading clears it
inline constexpr std::uint32_t complete = bit(6);
inline constexpr std::uint32_t empty = bit(7); // not in ICR: writing clears it
inline constexpr std::uint32_t all_errors =
    parity_error | framing_error | noise_error | overrun_error;

// RQR
inline constexpr std::uint32_t drop_received = bit(3);

} // namespace stm32l476::usart
