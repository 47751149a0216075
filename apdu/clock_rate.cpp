#include "apdu/clock_rate.hpp"

#include <array>

namespace apdu {
namespace {

/// By the high nibble of TA1; 0: reserved. ISO/IEC 7816-3:2006 table 7.
struct ConversionRow {
    std::uint16_t fi;
    std::uint32_t clock_hz_max;
};
constexpr std::array<ConversionRow, 16> conversion_rows{{
    {372, 4'000'000},
    {372, 5'000'000},
    {558, 6'000'000},
    {744, 8'000'000},
    {1116, 12'000'000},
    {1488, 16'000'000},
    {1860, 20'000'000},
    {0, 0},
    {0, 0},
    {512, 5'000'000},
    {768, 7'500'000},
    {1024, 10'000'000},
    {1536, 15'000'000},
    {2048, 20'000'000},
    {0, 0},
    {0, 0},
}};

/// By the low nibble of TA1; 0: reserved. ISO/IEC 7816-3:2006 table 8.
constexpr std::array<std::uint8_t, 16> adjustments{0,  1,  2, 4, 8, 16, 32, 64,
                                                   12, 20, 0, 0, 0, 0,  0,  0};

ConversionRow const& row_of(std::uint8_t ta1) { return conversion_rows[ta1 >> 4U]; }

} // namespace

std::optional<ClockRate> clock_rate_of(std::uint8_t ta1) {
    ClockRate const rate{row_of(ta1).fi, adjustments[ta1 & 0x0FU]};
    return rate.fi == 0 || rate.di == 0 ? std::nullopt : std::optional{rate};
}

std::optional<std::uint32_t> clock_hz_max_of(std::uint8_t ta1) {
    ConversionRow const& row = row_of(ta1);
    return row.fi == 0 ? std::nullopt : std::optional{row.clock_hz_max};
}

} // namespace apdu
