#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/command.hpp"
#include "apdu/status_word.hpp"

namespace virtual_card {

/// Bytes of data that an answer can carry.
inline constexpr std::size_t response_size_max = 256;

/// A command as it has come through a transmission protocol; borrows its data.
struct CardCommand {
    apdu::Cla cla;
    apdu::Ins ins;
    std::uint8_t p1;
    std::uint8_t p2;
    apdu::ByteView data{};
    std::size_t ne = 0; ///< bytes that the terminal asks for; 256: as many as there are
};

/// What the card says to it.
struct Answer {
    Answer(apdu::StatusWord word) : status{word} {}
    Answer(Bytes bytes) : data{std::move(bytes)}, status{apdu::sw::success} {}
    Bytes data{};
    apdu::StatusWord status;
};

/// Which way data go with an instruction, so that a protocol can tell what its length byte is.
/// ISO/IEC 7816-3:2006 §12.1.
enum class DataFlow : std::uint8_t {
    to_card,   ///< cases 1 and 3
    from_card, ///< case 2
    both,      ///< case 4
};

/// 63Cx.
[[nodiscard]] constexpr apdu::StatusWord tries_left(std::uint8_t left) {
    return apdu::StatusWord{0x63, static_cast<std::uint8_t>(0xC0U | (left & 0x0FU))};
}

} // namespace virtual_card
