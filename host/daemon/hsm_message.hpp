#pragma once

#include "host/api/fault.hpp"

#include "keys/pkcs11/token_fault.hpp"

namespace sscardd {

/// A token's fault as clients are told it.
[[nodiscard]] api::Fault message_of(keys::pkcs11::TokenFault const& fault);

} // namespace sscardd
