#include "keys/pkcs11/token_session.hpp"

#include <algorithm>
#include <array>

namespace keys::pkcs11 {
namespace {

constexpr std::size_t objects_at_once = 64;

/// PKCS #11 takes what it does not change without const.
CK_BYTE_PTR input(apdu::ByteView bytes) { return const_cast<CK_BYTE_PTR>(bytes.data()); }

} // namespace

TokenResult<std::unique_ptr<TokenSession>> TokenSession::open(std::shared_ptr<Module> module,
                                                              CK_SLOT_ID slot, bool writes) {
    CK_SESSION_HANDLE session = 0;
    CK_FLAGS const flags = CKF_SERIAL_SESSION | (writes ? CKF_RW_SESSION : 0U);
    CK_RV const value = module->functions().C_OpenSession(slot, flags, nullptr, nullptr, &session);
    if (value != CKR_OK) {
        return fault_of("C_OpenSession", value);
    }
    return std::unique_ptr<TokenSession>{new TokenSession{std::move(module), session}};
}

TokenSession::~TokenSession() { functions().C_CloseSession(session_); }

TokenFault TokenSession::noted(std::string_view function, CK_RV value) {
    TokenFault fault = fault_of(function, value);
    if (fault.code == TokenFaultCode::lost) {
        loss_ = fault;
    }
    return fault;
}

TokenResult<CK_OBJECT_HANDLE> TokenSession::derive(CK_OBJECT_HANDLE from,
                                                   CK_MECHANISM_TYPE mechanism, apdu::ByteView data,
                                                   std::span<CK_ATTRIBUTE> key) {
    if (loss_) {
        return *loss_;
    }
    CK_KEY_DERIVATION_STRING_DATA parameter{input(data), data.size()};
    CK_MECHANISM how{mechanism, &parameter, sizeof parameter};
    CK_OBJECT_HANDLE made = 0;
    CK_RV const value =
        functions().C_DeriveKey(session_, &how, from, key.data(), key.size(), &made);
    if (value != CKR_OK) {
        return noted("C_DeriveKey", value);
    }
    return made;
}

TokenResult<apdu::Done> TokenSession::encrypt(CK_OBJECT_HANDLE key, CK_MECHANISM mechanism,
                                              apdu::ByteView in, apdu::ByteSpan out) {
    apdu::require(in.size() <= out.size());
    if (loss_) {
        return *loss_;
    }
    if (CK_RV const value = functions().C_EncryptInit(session_, &mechanism, key); value != CKR_OK) {
        return noted("C_EncryptInit", value);
    }
    CK_ULONG size = in.size();
    CK_RV const value = functions().C_Encrypt(session_, input(in), in.size(), out.data(), &size);
    if (value != CKR_OK || size != in.size()) {
        return noted("C_Encrypt", value == CKR_OK ? CKR_FUNCTION_FAILED : value);
    }
    return apdu::Done{};
}

TokenResult<std::vector<std::uint8_t>>
TokenSession::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, std::size_t size_max) {
    std::vector<std::uint8_t> bytes(size_max);
    CK_ATTRIBUTE wanted{type, bytes.data(), bytes.size()};
    CK_RV const value = functions().C_GetAttributeValue(session_, object, &wanted, 1);
    if (value != CKR_OK || wanted.ulValueLen > size_max) {
        return noted("C_GetAttributeValue", value == CKR_OK ? CKR_ATTRIBUTE_VALUE_INVALID : value);
    }
    bytes.resize(wanted.ulValueLen);
    return bytes;
}

TokenResult<apdu::Done> TokenSession::secret_attribute(CK_OBJECT_HANDLE object,
                                                       CK_ATTRIBUTE_TYPE type, apdu::ByteSpan out) {
    CK_ATTRIBUTE wanted{type, out.data(), out.size()};
    CK_RV const value = functions().C_GetAttributeValue(session_, object, &wanted, 1);
    if (value != CKR_OK || wanted.ulValueLen != out.size()) {
        return noted("C_GetAttributeValue", value == CKR_OK ? CKR_ATTRIBUTE_VALUE_INVALID : value);
    }
    return apdu::Done{};
}

bool TokenSession::is_set(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    auto const flag = attribute(object, type, sizeof(CK_BBOOL));
    return flag.ok() && flag.value() == std::vector<std::uint8_t>{CK_TRUE};
}

TokenResult<std::vector<CK_OBJECT_HANDLE>> TokenSession::find(std::span<CK_ATTRIBUTE> attributes) {
    CK_RV value = functions().C_FindObjectsInit(session_, attributes.data(), attributes.size());
    if (value != CKR_OK) {
        return noted("C_FindObjectsInit", value);
    }
    std::vector<CK_OBJECT_HANDLE> found;
    std::array<CK_OBJECT_HANDLE, objects_at_once> some{};
    CK_ULONG count = 1;
    while (value == CKR_OK && count > 0 && found.size() < objects_max) {
        value = functions().C_FindObjects(session_, some.data(), some.size(), &count);
        count = value == CKR_OK ? std::min<CK_ULONG>(count, some.size()) : 0;
        found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    }
    CK_RV const ended = functions().C_FindObjectsFinal(session_);
    if (value != CKR_OK || ended != CKR_OK) {
        return noted("C_FindObjects", value == CKR_OK ? ended : value);
    }
    return found;
}

TokenResult<apdu::Done> TokenSession::destroy(CK_OBJECT_HANDLE object) {
    if (CK_RV const value = functions().C_DestroyObject(session_, object); value != CKR_OK) {
        return noted("C_DestroyObject", value);
    }
    return apdu::Done{};
}

} // namespace keys::pkcs11
