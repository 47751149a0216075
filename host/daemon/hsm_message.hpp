#pragma once

#include "host/api/fault.hpp"

#include "keys/pkcs11/token_fault.hpp"

#include "host/api/key_messages.hpp"
#include "keys/check_value.hpp"
#include "keys/pkcs11/key_label.hpp"

namespace sscardd {

/// A token's fault as clients are told it.
[[nodiscard]] api::Fault message_of(keys::pkcs11::TokenFault const& fault);

/// A key in a token, and its check value.
[[nodiscard]] api::KnownKey message_of(keys::pkcs11::KeyLabel const& label,
                                       keys::CheckValue const& value);

} // namespace sscardd
