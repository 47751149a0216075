#pragma once

#include "host/cli/invocation.hpp"

#include "host/api/pin_messages.hpp"

#include <optional>

namespace cli {

/// The PIN's state as people read it: "set, 6 tries left".
[[nodiscard]] std::string pin_state_text(api::PinStatus const& status);

/// The card's PIN: from the file descriptor where one was named, else asked for at the terminal.
/// Before it is asked for, the tries left are shown, and a PIN that cannot be tried, or may not be,
/// is refused. Faults: pin_blocked, pin_not_set, last_try_refused, pin_not_given, and those of
/// PinStatusRequest.
[[nodiscard]] api::Outcome<api::PinText>
current_pin(Invocation const& invocation, std::optional<unsigned> descriptor, bool spend_last_try);

/// A new PIN: from the file descriptor, else asked for twice. Faults: pin_not_given, pins_differ.
[[nodiscard]] api::Outcome<api::PinText> new_pin(Invocation const& invocation,
                                                 std::optional<unsigned> descriptor);

} // namespace cli
