#pragma once

#include "apdu/ccid/message.hpp"
#include "apdu/transmission_parameters.hpp"

namespace apdu::ccid {

/// Bytes of the parameters of T=0 and T=1.
inline constexpr std::size_t t0_parameters_size = 5;
inline constexpr std::size_t t1_parameters_size = 7;

/// How a slot exchanges characters, as SetParameters says it and Parameters answers it. §6.1.7.
struct Parameters {
    Protocol protocol = Protocol::t0;
    std::uint8_t rate_code = 0x11; ///< bmFindexDindex: Fi and Di as in TA1
    bool is_inverse = false;       ///< the card's convention
    std::uint8_t extra_guard = 0;  ///< bGuardTime: N of TC1
    std::uint8_t clock_stop = 0;   ///< bClockStop: 0 no, 1 low, 2 high, 3 either
    std::uint8_t wi = 10;          ///< bWaitingInteger of T=0
    std::uint8_t bwi = 4;          ///< bWaitingIntegers of T=1
    std::uint8_t cwi = 13;
    std::uint8_t ifsc = 32;
    std::uint8_t nad = 0;
    Edc edc = Edc::lrc;

    friend constexpr bool operator==(Parameters const&, Parameters const&) = default;

    /// Those of a card whose ATR that is, by its default protocol and before any PPS: where it
    /// indicates Fi and Di in specific mode, these.
    [[nodiscard]] static Parameters of(Atr const& atr);
    /// Reads a command's: bProtocolNum 0 or 1, and the structure of that protocol. The error is the
    /// offset in the message of what is bad: length, protocol, a reserved Fi or Di, a bit or an
    /// IFSC that must not be.
    [[nodiscard]] static Result<Parameters, std::uint8_t> parse(std::uint8_t protocol,
                                                                ByteView data);
    /// Writes the structure. @returns bytes written.
    std::size_t encode(std::span<std::uint8_t, t1_parameters_size> out) const;

    /// What they mean on the line.
    [[nodiscard]] TransmissionParameters on_line() const;
};

} // namespace apdu::ccid
