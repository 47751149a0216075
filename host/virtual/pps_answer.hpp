#pragma once

#include "host/virtual/contact_atr.hpp"

namespace virtual_card {

/// First character of a PPS request; under neither protocol does anything else begin with it.
inline constexpr std::uint8_t pps_start = 0xFF;

/// True when these characters are a whole PPS request. ISO/IEC 7816-3:2006 §9.2.
[[nodiscard]] bool is_whole_pps(apdu::ByteView request);

/// A card's answer to a PPS request, and the rate from then on.
struct PpsAnswer {
    Bytes characters;
    apdu::ClockRate rate;
};

/// The answer of a card with these settings: the request again, without PPS1 where the card does
/// not take it. Nothing, for a card says nothing then: another protocol, a wrong PCK.
[[nodiscard]] std::optional<PpsAnswer> answer_pps(apdu::ByteView request,
                                                  ContactSettings const& settings);

} // namespace virtual_card
