#pragma once

#include <p11-kit/pkcs11.h>

/// What a test has the vendor's module do: it counts the calls of the functions that sscard works
/// with, and answers one of them, or all from that one on, with a fault.
struct VendorModulePlan {
    unsigned calls = 0;
    unsigned fails_at = 0; ///< the number of a call, from 1; 0: none
    CK_RV fault = CKR_DEVICE_ERROR;
    bool for_good = false; ///< each call from that one on
    unsigned logins = 0;   ///< of C_Login, right or wrong
};

/// The plan of the module that is loaded, from dlsym(module, "vendor_module_plan").
using VendorModulePlanFunction = VendorModulePlan* (*)();

/// The vendor's numbers for SM4, which PKCS #11 has none for.
inline constexpr CK_KEY_TYPE vendor_sm4_key = 0x80000101;
inline constexpr CK_MECHANISM_TYPE vendor_sm4_blocks = 0x80000102;
inline constexpr CK_MECHANISM_TYPE vendor_sm4_chain = 0x80000103;
inline constexpr CK_MECHANISM_TYPE vendor_sm4_derive = 0x80000104;
inline constexpr CK_MECHANISM_TYPE vendor_sm4_generate = 0x80000105;
