#pragma once

#include <p11-kit/pkcs11.h>

#include <optional>

/// SM4 as a vendor adds it: each function answers for SM4 keys, and nothing where the real module
/// is to answer. The keys are in memory, those of the token until the process ends.
namespace vendor {

std::optional<CK_RV> find_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_ATTRIBUTE* attributes, CK_ULONG count);
std::optional<CK_RV> give_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE* objects, CK_ULONG objects_max, CK_ULONG* count);
std::optional<CK_RV> tell_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE object, CK_ATTRIBUTE* attributes, CK_ULONG count);
std::optional<CK_RV> begin_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                               CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key);
std::optional<CK_RV> encrypt_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session, CK_BYTE* in,
                                 CK_ULONG in_size, CK_BYTE* out, CK_ULONG* out_size);
std::optional<CK_RV> unwrap_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key, CK_BYTE* wrapped,
                                CK_ULONG wrapped_size, CK_ATTRIBUTE* attributes, CK_ULONG count,
                                CK_OBJECT_HANDLE* made);
std::optional<CK_RV> derive_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                CK_MECHANISM* mechanism, CK_OBJECT_HANDLE from,
                                CK_ATTRIBUTE* attributes, CK_ULONG count, CK_OBJECT_HANDLE* made);
std::optional<CK_RV> generate_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                  CK_MECHANISM* mechanism, CK_ATTRIBUTE* attributes, CK_ULONG count,
                                  CK_OBJECT_HANDLE* made);
std::optional<CK_RV> copy_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE from, CK_ATTRIBUTE* attributes, CK_ULONG count,
                              CK_OBJECT_HANDLE* made);
std::optional<CK_RV> destroy_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                 CK_OBJECT_HANDLE object);

} // namespace vendor
