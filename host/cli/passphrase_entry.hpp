#pragma once

#include "host/cli/invocation.hpp"

#include "host/api/secret_text.hpp"

#include <optional>

namespace cli {

/// The passphrase of the daemon's key store: the next line of that descriptor, else asked for at
/// the terminal by that prompt. Fault: passphrase_not_given.
[[nodiscard]] api::Outcome<api::SecretText>
passphrase(Invocation const& invocation, std::optional<unsigned> descriptor, char const* prompt);

/// A new one: asked for twice at the terminal. Faults besides: passphrases_differ.
[[nodiscard]] api::Outcome<api::SecretText> new_passphrase(Invocation const& invocation,
                                                           std::optional<unsigned> descriptor);

} // namespace cli
