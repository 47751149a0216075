#pragma once

#include "apdu/bytes.hpp"
#include "apdu/card_connection.hpp"
#include "apdu/result.hpp"

#include <array>
#include <optional>

namespace apdu {

/// Bytes of the longest PPS: PPSS, PPS0 to PPS3, PCK.
inline constexpr std::size_t pps_size_max = 6;

/// A protocol and parameter selection, the terminal's or the card's. ISO/IEC 7816-3:2006 §9.2.
struct Pps {
    std::uint8_t protocol = 0;              ///< T, 0…14
    std::optional<std::uint8_t> pps1{};     ///< Fi and Di, coded as TA1
    std::optional<std::uint8_t> pps2{};     ///< use of the standard's SPU contact
    std::optional<std::uint8_t> reserved{}; ///< PPS3

    friend constexpr bool operator==(Pps const&, Pps const&) = default;

    /// Writes it with its check byte. @returns bytes written.
    std::size_t encode(std::span<std::uint8_t, pps_size_max> out) const;
    /// Reads a whole one. Errors: truncated, trailing_bytes, malformed (no PPSS, bit 8 of PPS0 set,
    /// T=15, or PCK does not fit).
    [[nodiscard]] static Result<Pps> parse(ByteView bytes);
};

/// Bytes that a PPS has whose first two bytes those are: 3…6. require: two bytes at least.
[[nodiscard]] std::size_t pps_size(ByteView first_two);

/// True where `answer` agrees to `request`: the same protocol; PPS1 and PPS2 as asked, or left out,
/// which means the default; no PPS3. ISO/IEC 7816-3:2006 §9.3.
[[nodiscard]] bool is_agreed(Pps const& request, Pps const& answer);

} // namespace apdu
