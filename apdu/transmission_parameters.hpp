#pragma once

#include "apdu/atr.hpp"
#include "apdu/clock_rate.hpp"
#include "apdu/pps.hpp"

namespace apdu {

/// What a T=1 block ends with.
enum class Edc : std::uint8_t { lrc, crc };

/// What a host sets for a line, instead of leaving it to the ATR.
struct LineValues {
    Protocol protocol = Protocol::t0;
    ClockRate rate{};
    std::uint8_t extra_guard = 0; ///< N of TC1, in etu
    std::uint8_t wi = 10;         ///< of T=0, not 0
    std::uint8_t ifsc = 32;       ///< of T=1, 1…254
    std::uint8_t bwi = 4;         ///< 0…9
    std::uint8_t cwi = 13;        ///< 0…15
    Edc edc = Edc::lrc;
};

/// How characters go over a card's line, and how long both sides wait. Times of the line's own pace
/// are in etu, those that do not change with it in clock cycles. ISO/IEC 7816-3:2006 §8.3, §10.2,
/// §11.4.
class TransmissionParameters {
public:
    /// As they stand once the card has answered the reset, before any PPS: the default Fi and Di,
    /// or in specific mode (TA2 without bit 5) those of TA1. Error: malformed, where TA1 says a
    /// reserved value that would have to be used now.
    [[nodiscard]] static Result<TransmissionParameters> after_reset(Atr const& atr);

    /// After an exchange of PPS whose answer that is: its protocol, its Fi and Di, or the default
    /// ones where it has none. Error: malformed (a reserved PPS1, or a protocol other than 0 or 1).
    [[nodiscard]] static Result<TransmissionParameters> after_pps(Atr const& atr,
                                                                  Pps const& answer);

    /// As a host sets them. The waiting time of T=0 counts in units of the Fi that is set.
    [[nodiscard]] static TransmissionParameters of(LineValues const& values) {
        return TransmissionParameters{values};
    }
    /// What would set them, but for guard times in units of TA1.
    [[nodiscard]] LineValues values() const {
        return {protocol_, rate_, extra_guard_, wi_, ifsc_, bwi_, cwi_, edc_};
    }

    [[nodiscard]] Protocol protocol() const { return protocol_; }
    [[nodiscard]] ClockRate rate() const { return rate_; }

    /// Clock cycles of so many etu, rounded up.
    [[nodiscard]] std::uint32_t clocks_of_etu(std::uint32_t etu) const {
        return (etu * rate_.fi + rate_.di - 1U) / rate_.di;
    }
    /// Etu of so many clock cycles, rounded up.
    [[nodiscard]] std::uint32_t etu_of_clocks(std::uint32_t clocks) const {
        return (clocks / rate_.fi) * rate_.di +
               ((clocks % rate_.fi) * rate_.di + rate_.fi - 1U) / rate_.fi;
    }

    /// GT: from the leading edge of one character that the terminal sends to that of the next, in
    /// etu, rounded up; with N = 255 the shortest that the protocol has, 12 or 11.
    [[nodiscard]] std::uint32_t guard_time_etu() const;
    /// WT of T=0: between two characters' leading edges, in clock cycles.
    [[nodiscard]] std::uint32_t waiting_time_clocks() const;
    /// CWT of T=1: between the leading edges of two characters of a block, in etu.
    [[nodiscard]] std::uint32_t character_waiting_time_etu() const { return 11U + (1U << cwi_); }
    /// BWT of T=1: from the last character of a block to the first of the card's, in clock cycles,
    /// for that multiplier of S(WTX). require: not 0.
    [[nodiscard]] std::uint64_t block_waiting_time_clocks(std::uint8_t multiplier = 1) const;
    /// BGT of T=1: between two blocks in opposite directions, in etu.
    static constexpr std::uint32_t block_guard_time_etu = 22;

    /// Bytes that the card takes in one block, 1…254.
    [[nodiscard]] std::uint8_t ifsc() const { return ifsc_; }
    [[nodiscard]] Edc edc() const { return edc_; }

private:
    TransmissionParameters(Atr const& atr, Protocol protocol, ClockRate rate);
    explicit TransmissionParameters(LineValues const& values)
        : protocol_{values.protocol}, rate_{values.rate}, indicated_{values.rate},
          extra_guard_{values.extra_guard}, is_guard_of_ta1_{false}, wi_{values.wi},
          ifsc_{values.ifsc}, bwi_{values.bwi}, cwi_{values.cwi}, edc_{values.edc} {}

    Protocol protocol_;
    ClockRate rate_;
    ClockRate indicated_{};    ///< by TA1
    std::uint8_t extra_guard_; ///< N of TC1
    bool is_guard_of_ta1_;     ///< N counts in units of TA1's Fi and Di: T=15 is there
    std::uint8_t wi_;
    std::uint8_t ifsc_;
    std::uint8_t bwi_;
    std::uint8_t cwi_;
    Edc edc_;
};

} // namespace apdu
