#pragma once

#include "host/daemon/card_at_hand.hpp"

namespace sscardd {

/// Reads what `sscard card info` tells. Faults as session::read_basic_data().
[[nodiscard]] session::Outcome<api::BasicData> tell_basic_data(CardAtHand const& at);

/// Blocks the card for good, after it was found genuine. Faults as session::block_card().
[[nodiscard]] session::Outcome<api::Blocked> block_card(CardAtHand const& at);

/// Blocks one application for good, after the card was found genuine. Faults as
/// session::block_application(), and unknown_file: no such application.
[[nodiscard]] session::Outcome<api::Blocked>
block_application(CardAtHand const& at, api::ApplicationBlockRequest const& request);

/// Looks at the card at hand and tells all that was found; what went wrong is part of it. `found`
/// has the readers already.
void diagnose(CardAtHand const& at, api::Diagnosis& found);

} // namespace sscardd
