#pragma once

#include "apdu/error.hpp"

#include <string_view>

namespace pcsc {

/// The error that a PC/SC return code (SCARD_…) other than success amounts to. Codes that say that
/// a call was wrong count as service_gone: nothing but a service that restarted makes ours so.
[[nodiscard]] apdu::Error error_of(long code);

/// PC/SC's own name of a code, for logs: "SCARD_E_SHARING_VIOLATION"; "SCARD_?" for an unknown one.
[[nodiscard]] std::string_view name_of(long code);

} // namespace pcsc
