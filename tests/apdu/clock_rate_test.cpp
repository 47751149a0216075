#include "apdu/clock_rate.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

// ISO/IEC 7816-3:2006 table 7, by the high nibble of TA1; 0: reserved.
TEST(ClockRate, FiAndTheHighestClockAreTheStandardsTable) {
    struct Row {
        unsigned fi;
        unsigned clock_hz_max;
    };
    constexpr Row rows[]{{372, 4'000'000},
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
                         {0, 0}};
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
        auto const ta1 = static_cast<std::uint8_t>(nibble << 4U | 1U);
        Row const& row = rows[nibble];
        EXPECT_EQ(clock_rate_of(ta1).has_value(), row.fi != 0) << nibble;
        EXPECT_EQ(clock_hz_max_of(ta1).value_or(0), row.clock_hz_max) << nibble;
        if (row.fi != 0) {
            EXPECT_EQ(clock_rate_of(ta1)->fi, row.fi) << nibble;
        }
    }
}

// Table 8, by the low nibble.
TEST(ClockRate, DiIsTheStandardsTable) {
    constexpr unsigned rows[]{0, 1, 2, 4, 8, 16, 32, 64, 12, 20, 0, 0, 0, 0, 0, 0};
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
        auto const rate = clock_rate_of(static_cast<std::uint8_t>(0x10U | nibble));
        EXPECT_EQ(rate ? rate->di : 0, rows[nibble]) << nibble;
    }
}

TEST(ClockRate, IsTheDefaultAfterAReset) {
    EXPECT_EQ(clock_rate_of(0x11), default_clock_rate);
    EXPECT_EQ(default_clock_rate.fi, 372);
    EXPECT_EQ(default_clock_rate.di, 1);
}

} // namespace
} // namespace apdu
