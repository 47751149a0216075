#pragma once

#include "host/session/card_session.hpp"

namespace session {

/// Whether a PIN works.
enum class PinState : std::uint8_t { not_set, set, blocked };

/// The PIN's state and how often it may still be wrong.
struct PinStatus {
    PinState state;
    std::optional<std::uint8_t> tries_left; ///< where a PIN is set; 0 when blocked
};

/// VERIFY without data: costs no try. card.md §4.1.
[[nodiscard]] Outcome<PinStatus> pin_status(CardSession& card);

/// How far a caller lets the PIN's tries be spent.
enum class LastTry : std::uint8_t { refuse, spend };

/// Reads the state first; then VERIFY. Faults: pin_wrong (tries_left), pin_blocked, pin_not_set,
/// last_try_refused.
[[nodiscard]] Outcome<apdu::Done> verify_pin(CardSession& card, keys::Pin const& pin,
                                             LastTry last_try);

/// CHANGE PIN; the state first, as above.
[[nodiscard]] Outcome<apdu::Done> change_pin(CardSession& card, keys::Pin const& old_pin,
                                             keys::Pin const& new_pin, LastTry last_try);

/// The same two, with the PINs typed at the reader's own PIN pad: no program sees them. Faults
/// besides: no_pin_pad, pin_entry_cancelled, pin_entry_timed_out.
[[nodiscard]] Outcome<apdu::Done> verify_pin_at_pad(CardSession& card, LastTry last_try);
[[nodiscard]] Outcome<apdu::Done> change_pin_at_pad(CardSession& card, LastTry last_try);

/// PUK authentication, then PIN CHANGE/UNBLOCK 84 24 00 01 with a new PIN. Faults: key_missing,
/// authentication_failed, key_locked, unexpected_status.
[[nodiscard]] Outcome<apdu::Done> reset_pin(CardSession& card, keys::Pin const& new_pin);

/// The same with a PIN that a terminal gave out for this card. Faults besides: terminal_pin_refused
/// (used before, for another card, or changed).
[[nodiscard]] Outcome<apdu::Done> reset_pin(CardSession& card, keys::TerminalPin const& new_pin);

/// PUK authentication, then 84 24 00 00: the old PIN works again.
[[nodiscard]] Outcome<apdu::Done> unblock_pin(CardSession& card);

} // namespace session
