#pragma once

#include "host/daemon/card_at_hand.hpp"

#include "apdu/text_profile.hpp"

namespace sscardd {

/// Reads one file, one item of it, or all files. Faults: unknown_file, unknown_item, pin_malformed,
/// those of session::read_file(); with all files a file's fault is told in its place, unless the
/// card is gone.
[[nodiscard]] session::Outcome<api::FileContents> read_files(CardAtHand const& at,
                                                             api::FileReadRequest const& request);

/// Writes what the request says and reads it back, where the file's key opens it for reading too.
/// Faults: unknown_file, unknown_item, request_invalid (problems), verification_failed, those of
/// host/session/file_access.hpp.
[[nodiscard]] session::Outcome<api::Written>
write_file(CardAtHand const& at, api::FileWriteRequest const& request, apdu::TextProfile profile);

} // namespace sscardd
