#include "apdu/transmission_parameters.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

Atr atr_of(std::string_view hex) { return Atr::parse(bytes(hex)).value(); }
TransmissionParameters after_reset(std::string_view hex) {
    return TransmissionParameters::after_reset(atr_of(hex)).value();
}

/// card.md §1.3.
constexpr auto* social_security_card = "3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7A";
/// T=1, TA1 95, TC1 FF, IFSC 254, BWI 4, CWI 5.
constexpr auto* t1_card = "3B D0 95 FF 81 31 FE 45 B1";

// WT of 9600 etu is one second at 3.5712 MHz. ISO/IEC 7816-3:2006 §10.2.
TEST(TransmissionParameters, OfACardThatSaysNothingAreTheDefaultOnes) {
    auto const line = after_reset(social_security_card);
    EXPECT_EQ(line.protocol(), Protocol::t0);
    EXPECT_EQ(line.rate(), default_clock_rate);
    EXPECT_EQ(line.guard_time_etu(), 12U);
    EXPECT_EQ(line.waiting_time_clocks(), 3'571'200U);
    EXPECT_EQ(line.etu_of_clocks(line.waiting_time_clocks()), 9600U);
    EXPECT_EQ(line.clocks_of_etu(12), 4464U);
}

TEST(TransmissionParameters, OfT1StandInItsOwnBytes) {
    auto const line = after_reset(t1_card);
    EXPECT_EQ(line.protocol(), Protocol::t1);
    EXPECT_EQ(line.rate(), default_clock_rate) << "TA1 is an offer until PPS";
    EXPECT_EQ(line.ifsc(), 254);
    EXPECT_EQ(line.edc(), Edc::lrc);
    EXPECT_EQ(line.character_waiting_time_etu(), 43U) << "11 + 2^5";
    EXPECT_EQ(line.block_waiting_time_clocks(), 11U * 372U + 16U * 960U * 372U);
    EXPECT_EQ(line.block_waiting_time_clocks(3), 11U * 372U + 3U * 16U * 960U * 372U);
    EXPECT_EQ(line.guard_time_etu(), 11U) << "N = 255";
    EXPECT_EQ(TransmissionParameters::block_guard_time_etu, 22U);
}

TEST(TransmissionParameters, OfT1HaveDefaultsOfTheirOwn) {
    auto const line = after_reset("3B 80 81 01 00");
    EXPECT_EQ(line.ifsc(), 32);
    EXPECT_EQ(line.character_waiting_time_etu(), 8203U) << "CWI 13";
    EXPECT_EQ(line.block_waiting_time_clocks(), 11U * 372U + 16U * 960U * 372U) << "BWI 4";
    EXPECT_EQ(after_reset("3B 80 81 41 01 41").edc(), Edc::crc);
}

TEST(TransmissionParameters, AfterAPpsHaveTheRateThatWasAgreed) {
    Atr const atr = atr_of(t1_card);
    auto const line = TransmissionParameters::after_pps(atr, {1, 0x95}).value();
    EXPECT_EQ(line.rate(), (ClockRate{512, 16}));
    EXPECT_EQ(line.clocks_of_etu(1), 32U);
    EXPECT_EQ(line.block_waiting_time_clocks(), 11U * 32U + 16U * 960U * 372U)
        << "BWT does not change with the rate but for its 11 etu";
    EXPECT_EQ(TransmissionParameters::after_pps(atr, {1}).value().rate(), default_clock_rate);
    EXPECT_EQ(TransmissionParameters::after_pps(atr, {1, 0x7F}).error(), Error::malformed);
    EXPECT_EQ(TransmissionParameters::after_pps(atr, {2, 0x95}).error(), Error::malformed);
}

TEST(TransmissionParameters, OfASpecificModeCardHoldAtOnce) {
    EXPECT_EQ(after_reset("3B 10 18").rate(), default_clock_rate) << "no TA2";
    auto const line = after_reset("3B 90 18 10 00");
    EXPECT_EQ(line.rate(), (ClockRate{372, 12})) << "TA2 without bit 5: those of TA1";
    EXPECT_EQ(line.clocks_of_etu(1), 31U);
    EXPECT_EQ(after_reset("3B 90 95 10 10").rate(), default_clock_rate) << "bit 5: others";
    EXPECT_EQ(TransmissionParameters::after_reset(atr_of("3B 90 7F 10 00")).error(),
              Error::malformed);
}

// ISO/IEC 7816-3:2006 §8.3: with T=15, N counts in units of TA1's Fi and Di, else in etu.
TEST(TransmissionParameters, ExtraGuardTimeIsInEtuOrInTheUnitsOfTa1) {
    EXPECT_EQ(after_reset("3B 40 05").guard_time_etu(), 17U);
    EXPECT_EQ(after_reset("3B 40 FF").guard_time_etu(), 12U) << "N = 255 under T=0";
    auto const with_t15 = after_reset("3B D0 94 20 80 1F 03 F8");
    EXPECT_EQ(with_t15.guard_time_etu(), 18U) << "32 times 512/8 clocks, in etu of 372";
}

TEST(TransmissionParameters, FractionsOfAClockAreRoundedUp) {
    auto const line = TransmissionParameters::after_pps(atr_of(t1_card), {1, 0x19}).value();
    EXPECT_EQ(line.rate(), (ClockRate{372, 20}));
    EXPECT_EQ(line.clocks_of_etu(1), 19U) << "18.6";
    EXPECT_EQ(line.clocks_of_etu(5), 93U);
    EXPECT_EQ(line.etu_of_clocks(93), 5U);
    EXPECT_EQ(line.etu_of_clocks(94), 6U);
    EXPECT_EQ(line.etu_of_clocks(3'571'200), 192'000U);
}

} // namespace
} // namespace apdu
