#pragma once

#include "host/session/card_channel.hpp"

#include <string_view>

namespace session {

/// The detail of a foreign card that has nothing by which it is known.
inline constexpr std::string_view unknown_card = "unknown card";

/// What a card is that answered `refusal` to the selection of SSSE: asks it for what other cards
/// have. foreign_card with the detail "bank card", "SIM card" or "unknown card"; bare_chip where
/// there is not even an MF, which a chip without files and an unknown card have in common;
/// card_blocked where the MF is refused with 6A81 like SSSE; application_blocked for 9303. Faults
/// of the exchange come through.
[[nodiscard]] Fault card_instead_of_ours(CardChannel& channel, apdu::StatusWord refusal);

} // namespace session
