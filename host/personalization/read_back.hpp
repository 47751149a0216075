#pragma once

#include "host/personalization/plan.hpp"

#include "host/session/file_commands.hpp"

namespace personalization {

/// Reads the step's file and compares. Faults: verification_failed, naming item and file; those of
/// FileCommands. require: the step is about a file.
[[nodiscard]] session::Outcome<apdu::Done> perform(ReadBack const& step, StepSubject const& subject,
                                                   session::FileCommands& files);

/// Fault: already_personalized, naming the first item that holds something.
[[nodiscard]] session::Outcome<apdu::Done>
perform(ExpectUnpersonalized const& step, StepSubject const& subject, session::FileCommands& files);

/// The first record in `records` (tag, length, value one after the other) with one of `tags` whose
/// value is a person's; nothing where all are unpersonalized: only bytes 00 and FF.
[[nodiscard]] std::optional<std::uint8_t> first_personalized(apdu::ByteView records,
                                                             std::span<std::uint8_t const> tags);

} // namespace personalization
