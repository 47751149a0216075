#include "apdu/transmission_parameters.hpp"

namespace apdu {
namespace {

constexpr std::uint8_t guard_of_protocol = 255; ///< N: the shortest that the protocol has
constexpr std::uint32_t guard_etu = 12;
constexpr std::uint32_t t1_shortest_guard_etu = 11;
constexpr std::uint8_t default_wi = 10;
constexpr std::uint8_t default_ifsc = 32;
constexpr std::uint8_t default_bwi = 4;
constexpr std::uint8_t default_cwi = 13;
constexpr std::uint8_t bwi_max = 9;
constexpr std::uint32_t waiting_unit = 960;
constexpr std::uint8_t specific_mode_implicit =
    0x10; ///< TA2 bit 5: not the interface bytes' values

} // namespace

TransmissionParameters::TransmissionParameters(Atr const& atr, Protocol protocol, ClockRate rate)
    : protocol_{protocol}, rate_{rate}, extra_guard_{atr.tc1().value_or(0)},
      is_guard_of_ta1_{atr.has_global_bytes()}, wi_{atr.tc2().value_or(default_wi)},
      ifsc_{atr.t1_ta().value_or(default_ifsc)}, bwi_{default_bwi}, cwi_{default_cwi},
      edc_{(atr.t1_tc().value_or(0) & 1U) != 0 ? Edc::crc : Edc::lrc} {
    if (auto const ta1 = atr.ta1()) {
        indicated_ = clock_rate_of(*ta1).value_or(default_clock_rate);
    }
    if (auto const tb = atr.t1_tb()) {
        bwi_ = static_cast<std::uint8_t>(*tb >> 4U);
        cwi_ = static_cast<std::uint8_t>(*tb & 0x0FU);
    }
    // Reserved values mean nothing: the default stands.
    wi_ = wi_ == 0 ? default_wi : wi_;
    ifsc_ = ifsc_ == 0 || ifsc_ == 255 ? default_ifsc : ifsc_;
    bwi_ = bwi_ > bwi_max ? default_bwi : bwi_;
}

Result<TransmissionParameters> TransmissionParameters::after_reset(Atr const& atr) {
    auto const ta2 = atr.ta2();
    bool const is_by_ta1 = ta2 && (*ta2 & specific_mode_implicit) == 0;
    ClockRate rate = default_clock_rate;
    if (is_by_ta1 && atr.ta1()) {
        auto const indicated = clock_rate_of(*atr.ta1());
        if (!indicated) {
            return Error::malformed;
        }
        rate = *indicated;
    }
    return TransmissionParameters{atr, atr.default_protocol(), rate};
}

Result<TransmissionParameters> TransmissionParameters::after_pps(Atr const& atr,
                                                                 Pps const& answer) {
    auto const rate = answer.pps1 ? clock_rate_of(*answer.pps1) : std::optional{default_clock_rate};
    if (!rate || answer.protocol > 1) {
        return Error::malformed;
    }
    return TransmissionParameters{atr, answer.protocol == 1 ? Protocol::t1 : Protocol::t0, *rate};
}

std::uint32_t TransmissionParameters::guard_time_etu() const {
    if (extra_guard_ == guard_of_protocol) {
        return protocol_ == Protocol::t1 ? t1_shortest_guard_etu : guard_etu;
    }
    if (!is_guard_of_ta1_) {
        return guard_etu + extra_guard_;
    }
    std::uint32_t const clocks =
        (extra_guard_ * std::uint32_t{indicated_.fi} + indicated_.di - 1U) / indicated_.di;
    return guard_etu + etu_of_clocks(clocks);
}

std::uint32_t TransmissionParameters::waiting_time_clocks() const {
    return wi_ * waiting_unit * indicated_.fi;
}

std::uint64_t TransmissionParameters::block_waiting_time_clocks(std::uint8_t multiplier) const {
    require(multiplier != 0);
    std::uint64_t const unit = (std::uint64_t{1} << bwi_) * waiting_unit * default_clock_rate.fi;
    return clocks_of_etu(t1_shortest_guard_etu) + unit * multiplier;
}

} // namespace apdu
