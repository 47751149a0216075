#pragma once

#include "host/api/fault.hpp"

#include "keys/file/key_file.hpp"
#include "keys/sealed/sealing_secret.hpp"

namespace sscardd {

/// A store's fault as clients are told it. `kind` is what the store is, or was to be, sealed with.
[[nodiscard]] api::Fault
message_of(keys::sealed::StoreFault const& fault,
           keys::sealed::SealKind kind = keys::sealed::SealKind::passphrase);

/// key_file_invalid with every fault of a key file.
[[nodiscard]] api::Fault message_of(std::vector<keys::file::KeyFileFault> const& faults);

/// "code: detail", for the log and the terminal that the daemon was started at.
[[nodiscard]] std::string line_of(api::Fault const& fault);

} // namespace sscardd
