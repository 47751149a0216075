#pragma once

#include "apdu/result.hpp"

#include <p11-kit/pkcs11.h>

#include <string>
#include <string_view>

namespace keys::pkcs11 {

/// Why a token is not used, or did not do its part.
enum class TokenFaultCode : std::uint8_t {
    module_missing,    ///< the library cannot be loaded; the detail has the loader's words
    module_failed,     ///< C_Initialize refuses
    token_missing,     ///< no slot has a token of that label
    pin_not_given,     ///< nobody has given the user PIN yet
    pin_wrong,         ///< the token refused the PIN; it is not tried again by itself
    pin_at_risk,       ///< a wrong PIN was given before: only a person may try the next one
    pin_locked,        ///< too many wrong PINs: the security officer must set a new one
    lost,              ///< the token or session is gone, or does not work any more
    mechanism_missing, ///< the token has no such mechanism, or does not allow it with the key
    refused,           ///< the token refuses what was asked; the detail has its words
    busy,              ///< all sessions are in use and as many as may wait are waiting
    key_known,         ///< there is a key of that name, algorithm and version
    key_unknown,       ///< there is none
};

/// The code's stable name: "pin_wrong".
[[nodiscard]] std::string_view to_text(TokenFaultCode code);

/// Why, and what it is about: "C_Login: CKR_PIN_INCORRECT". Never a secret.
struct TokenFault {
    TokenFaultCode code;
    std::string detail{};
};

template <typename T>
using TokenResult = apdu::Result<T, TokenFault>;

/// The name of a return value: "CKR_PIN_INCORRECT", or its number where it has none here.
[[nodiscard]] std::string name_of(CK_RV value);

/// What a function's return value, which is not CKR_OK, means while a token is worked with.
[[nodiscard]] TokenFault fault_of(std::string_view function, CK_RV value);

} // namespace keys::pkcs11
