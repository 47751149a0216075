#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace virtual_card {

/// What takes time between a reader's T=0 line and the chip behind it. The line as it is after the
/// answer to reset: Fi, Di, clock, and N of TC1.
struct LineTime {
    std::uint16_t fi = 372;
    std::uint8_t di = 1;
    std::uint32_t clock_hz = 3'571'200;        ///< 9600 baud with the default Fi and Di
    std::uint8_t guard_etu = 0;                ///< N, between characters to the card; 255: as 0
    std::chrono::microseconds command_work{0}; ///< of the chip for each command
    std::chrono::microseconds write_work{0};   ///< of the chip for each write of its memory
    friend bool operator==(LineTime const&, LineTime const&) = default;
};

/// Reads "fi=512,di=8,clock_hz=4000000,guard_etu=2,work_us=1500,write_us=3000", any of them in any
/// order; what is left out, and all with an empty text, stays as in LineTime. Error: what is wrong,
/// in words: another name, a Fi, Di or clock that ISO/IEC 7816-3:2006 §8.3 does not have, N over
/// 255, work over a second.
[[nodiscard]] apdu::Result<LineTime, std::string> parse_line_time(std::string_view text);

/// Characters that one command and its answer are on the line under T=0: header of 5, data one way
/// or the other, the procedure byte before them, SW1 SW2. A P3 that is left out goes out as 00, an
/// Le behind data does not. ISO/IEC 7816-3:2006 §10.3, §12.
struct LineCharacters {
    std::size_t to_card;
    std::size_t from_card;
    [[nodiscard]] std::size_t all() const { return to_card + from_card; }
};

/// Of a command, and an answer with its SW1 SW2.
[[nodiscard]] LineCharacters line_characters(apdu::ByteView command, apdu::ByteView answer);

/// Etu from the first edge of a command to the first possible edge of the next: 12 from character
/// to character, N more towards the card, 16 where the direction turns. ISO/IEC 7816-3:2006 §7.2,
/// §10.2.
[[nodiscard]] std::size_t exchange_etu(LineTime const& line, apdu::ByteView command,
                                       apdu::ByteView answer);

/// exchange_etu() in time, the chip's work left out.
[[nodiscard]] std::chrono::nanoseconds exchange_time(LineTime const& line, apdu::ByteView command,
                                                     apdu::ByteView answer);

/// From power on to the last character of an answer to reset of that size, which comes after 400
/// clocks at Fi 372 and Di 1; where the line is faster, PPS and its answer go before the first
/// command. ISO/IEC 7816-3:2006 §6.2.2, §8.1, §9.
[[nodiscard]] std::chrono::nanoseconds reset_time(LineTime const& line, std::size_t atr_size);

/// What a number of exchanges are on the line.
struct LineTotal {
    std::size_t commands = 0;
    std::size_t characters = 0;
    std::chrono::nanoseconds time{0}; ///< the chip's work left out

    /// Adds one more.
    void add(LineTime const& line, apdu::ByteView command, apdu::ByteView answer);
};

} // namespace virtual_card
