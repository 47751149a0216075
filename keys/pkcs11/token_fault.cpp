#include "keys/pkcs11/token_fault.hpp"

#include <algorithm>
#include <array>

namespace keys::pkcs11 {
namespace {

struct Meaning {
    CK_RV value;
    std::string_view name;
    TokenFaultCode code;
};

/// What is not here is the loss of the token: whatever it is, a new session is worth more than one
/// that answered so. PKCS #11 2.40 §5.1.
constexpr auto meanings = std::to_array<Meaning>({
    {CKR_PIN_INCORRECT, "CKR_PIN_INCORRECT", TokenFaultCode::pin_wrong},
    {CKR_PIN_INVALID, "CKR_PIN_INVALID", TokenFaultCode::pin_wrong},
    {CKR_PIN_LEN_RANGE, "CKR_PIN_LEN_RANGE", TokenFaultCode::pin_wrong},
    {CKR_PIN_EXPIRED, "CKR_PIN_EXPIRED", TokenFaultCode::pin_locked},
    {CKR_PIN_LOCKED, "CKR_PIN_LOCKED", TokenFaultCode::pin_locked},
    {CKR_MECHANISM_INVALID, "CKR_MECHANISM_INVALID", TokenFaultCode::mechanism_missing},
    {CKR_MECHANISM_PARAM_INVALID, "CKR_MECHANISM_PARAM_INVALID", TokenFaultCode::mechanism_missing},
    {CKR_KEY_FUNCTION_NOT_PERMITTED, "CKR_KEY_FUNCTION_NOT_PERMITTED",
     TokenFaultCode::mechanism_missing},
    {CKR_KEY_TYPE_INCONSISTENT, "CKR_KEY_TYPE_INCONSISTENT", TokenFaultCode::mechanism_missing},
    {CKR_TEMPLATE_INCONSISTENT, "CKR_TEMPLATE_INCONSISTENT", TokenFaultCode::refused},
    {CKR_TEMPLATE_INCOMPLETE, "CKR_TEMPLATE_INCOMPLETE", TokenFaultCode::refused},
    {CKR_ATTRIBUTE_VALUE_INVALID, "CKR_ATTRIBUTE_VALUE_INVALID", TokenFaultCode::refused},
    {CKR_ATTRIBUTE_TYPE_INVALID, "CKR_ATTRIBUTE_TYPE_INVALID", TokenFaultCode::refused},
    {CKR_ATTRIBUTE_READ_ONLY, "CKR_ATTRIBUTE_READ_ONLY", TokenFaultCode::refused},
    {CKR_ATTRIBUTE_SENSITIVE, "CKR_ATTRIBUTE_SENSITIVE", TokenFaultCode::refused},
    {CKR_BUFFER_TOO_SMALL, "CKR_BUFFER_TOO_SMALL", TokenFaultCode::refused},
    {CKR_DATA_LEN_RANGE, "CKR_DATA_LEN_RANGE", TokenFaultCode::refused},
    {CKR_TOKEN_WRITE_PROTECTED, "CKR_TOKEN_WRITE_PROTECTED", TokenFaultCode::refused},
    {CKR_SESSION_COUNT, "CKR_SESSION_COUNT", TokenFaultCode::busy},
    {CKR_GENERAL_ERROR, "CKR_GENERAL_ERROR", TokenFaultCode::lost},
    {CKR_FUNCTION_FAILED, "CKR_FUNCTION_FAILED", TokenFaultCode::lost},
    {CKR_DEVICE_ERROR, "CKR_DEVICE_ERROR", TokenFaultCode::lost},
    {CKR_DEVICE_MEMORY, "CKR_DEVICE_MEMORY", TokenFaultCode::lost},
    {CKR_DEVICE_REMOVED, "CKR_DEVICE_REMOVED", TokenFaultCode::lost},
    {CKR_TOKEN_NOT_PRESENT, "CKR_TOKEN_NOT_PRESENT", TokenFaultCode::lost},
    {CKR_SESSION_HANDLE_INVALID, "CKR_SESSION_HANDLE_INVALID", TokenFaultCode::lost},
    {CKR_SESSION_CLOSED, "CKR_SESSION_CLOSED", TokenFaultCode::lost},
    {CKR_KEY_HANDLE_INVALID, "CKR_KEY_HANDLE_INVALID", TokenFaultCode::lost},
    {CKR_OBJECT_HANDLE_INVALID, "CKR_OBJECT_HANDLE_INVALID", TokenFaultCode::lost},
    {CKR_USER_NOT_LOGGED_IN, "CKR_USER_NOT_LOGGED_IN", TokenFaultCode::lost},
    {CKR_CRYPTOKI_NOT_INITIALIZED, "CKR_CRYPTOKI_NOT_INITIALIZED", TokenFaultCode::lost},
});

Meaning const* find_meaning(CK_RV value) {
    auto const* const row =
        std::find_if(meanings.begin(), meanings.end(),
                     [&](Meaning const& meaning) { return meaning.value == value; });
    return row == meanings.end() ? nullptr : row;
}

/// In the order of TokenFaultCode.
constexpr auto code_names = std::to_array<std::string_view>({
    "module_missing",
    "module_failed",
    "token_missing",
    "pin_not_given",
    "pin_wrong",
    "pin_at_risk",
    "pin_locked",
    "lost",
    "mechanism_missing",
    "refused",
    "busy",
    "key_known",
    "key_unknown",
});
static_assert(code_names.size() == static_cast<std::size_t>(TokenFaultCode::key_unknown) + 1);

} // namespace

std::string_view to_text(TokenFaultCode code) {
    return code_names.at(static_cast<std::size_t>(code));
}

std::string name_of(CK_RV value) {
    Meaning const* const meaning = find_meaning(value);
    if (meaning != nullptr) {
        return std::string{meaning->name};
    }
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text = "CKR 0x";
    for (int shift = 28; shift >= 0; shift -= 4) {
        text += digits[(value >> static_cast<unsigned>(shift)) & 0x0FU];
    }
    return text;
}

TokenFault fault_of(std::string_view function, CK_RV value) {
    Meaning const* const meaning = find_meaning(value);
    return {meaning == nullptr ? TokenFaultCode::lost : meaning->code,
            std::string{function} + ": " + name_of(value)};
}

} // namespace keys::pkcs11
