#pragma once

#include "host/api/outcome.hpp"
#include "host/daemon/configuration.hpp"

#include "keys/sealed/sealing_secret.hpp"

#include <functional>

namespace sscardd {

/// True where systemd is to give what opens the store.
[[nodiscard]] bool has_credential(KeySettings const& settings);

/// Bytes of a credential that are read, at most.
inline constexpr std::size_t credential_size_max = keys::sealed::passphrase_size_max + 1;

/// Gives the bytes of that credential of systemd's, from $CREDENTIALS_DIRECTORY, to `use`: one more
/// than `size_max` of a longer one. They are wiped afterwards. Fault: credential_missing (not
/// given, or not to be read).
[[nodiscard]] api::Outcome<apdu::Done>
read_credential(std::string const& name, std::size_t size_max,
                std::function<void(std::string_view)> const& use);

/// A text without the end of its line.
[[nodiscard]] std::string_view without_line_end(std::string_view text);

/// What opens the store from $CREDENTIALS_DIRECTORY: the 32 bytes of `credential`, or the
/// passphrase of `passphrase_credential`, without the line's end. Faults: credential_missing (not
/// configured, not given, or not to be read), credential_wrong (of the wrong size),
/// memory_not_locked.
[[nodiscard]] api::Outcome<keys::sealed::SealingSecret>
secret_of_credential(KeySettings const& settings);

} // namespace sscardd
