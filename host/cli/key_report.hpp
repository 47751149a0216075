#pragma once

#include "host/cli/invocation.hpp"

#include "host/api/key_messages.hpp"

namespace cli {

/// Tells where the keys are, in what state, and which there are.
void print_key_report(std::ostream& out, api::KeyReport const& report);

/// Answers a command that has changed the keys: the report as JSON, or `done` and how many there
/// are now; or the refusal.
[[nodiscard]] ExitCode answer_with_keys(Invocation const& invocation,
                                        api::Outcome<api::KeyReport> const& outcome,
                                        std::string const& done);

} // namespace cli
