#pragma once

#include <cstdint>
#include <optional>

namespace apdu {

/// How long an elementary time unit is, in clock cycles: Fi / Di. ISO/IEC 7816-3:2006 §8.3.
struct ClockRate {
    std::uint16_t fi = 372; ///< clock rate conversion integer
    std::uint8_t di = 1;    ///< baud rate adjustment integer

    friend constexpr bool operator==(ClockRate const&, ClockRate const&) = default;
};

/// Fd and Dd, which hold from the reset on.
inline constexpr ClockRate default_clock_rate{};

/// What TA1, or PPS1, says; nothing where one of its nibbles is reserved.
[[nodiscard]] std::optional<ClockRate> clock_rate_of(std::uint8_t ta1);

/// The highest clock that a card takes which says this TA1, in Hz; nothing where its high nibble is
/// reserved.
[[nodiscard]] std::optional<std::uint32_t> clock_hz_max_of(std::uint8_t ta1);

} // namespace apdu
