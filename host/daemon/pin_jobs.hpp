#pragma once

#include "host/daemon/card_at_hand.hpp"

#include "host/session/pin.hpp"

namespace sscardd {

// What the daemon does for each request about a PIN; faults as host/session/pin.hpp, and
// pin_malformed before the card is asked anything.

/// The PIN's state; costs no try.
[[nodiscard]] session::Outcome<api::PinStatus> tell_pin_status(CardAtHand const& at);
/// Compares a PIN with the card's.
[[nodiscard]] session::Outcome<api::PinStatus> verify_pin(CardAtHand const& at,
                                                          api::PinVerifyRequest const& request);
/// Replaces a known PIN.
[[nodiscard]] session::Outcome<api::PinStatus> change_pin(CardAtHand const& at,
                                                          api::PinChangeRequest const& request);
/// Sets a new PIN by the office's keys.
[[nodiscard]] session::Outcome<api::PinStatus> reset_pin(CardAtHand const& at,
                                                         api::PinResetRequest const& request);
/// Makes the old PIN work again by the office's keys.
[[nodiscard]] session::Outcome<api::PinStatus> unblock_pin(CardAtHand const& at);

/// The PIN's state for a client.
[[nodiscard]] api::PinStatus message_of(session::PinStatus const& status);

} // namespace sscardd
