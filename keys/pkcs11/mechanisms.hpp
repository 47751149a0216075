#pragma once

#include "keys/card_key.hpp"

#include <p11-kit/pkcs11.h>

namespace keys::pkcs11 {

/// A token's numbers for one cipher. Those of SM4 are each vendor's own: PKCS #11 2.40 has none.
struct CipherMechanisms {
    CK_KEY_TYPE key_type;
    CK_MECHANISM_TYPE blocks; ///< C_Encrypt, ECB without padding
    CK_MECHANISM_TYPE chain;  ///< C_Encrypt, CBC without padding; its parameter is the first block
    /// C_DeriveKey by encrypting data, ECB; its parameter is a CK_KEY_DERIVATION_STRING_DATA. For a
    /// vendor's SM4 ASSUMED likewise.
    CK_MECHANISM_TYPE derive;
    /// C_GenerateKey; nothing: the token makes no such keys.
    std::optional<CK_MECHANISM_TYPE> generate{};
};

/// Two-key 3DES by the standard's numbers. PKCS #11 Mechanisms 2.40 §2.14, §2.15.
inline constexpr CipherMechanisms des3_mechanisms{CKK_DES2, CKM_DES3_ECB, CKM_DES3_CBC,
                                                  CKM_DES3_ECB_ENCRYPT_DATA, CKM_DES2_KEY_GEN};

/// What a token's ciphers are called. A DES key stands in the token as a 3DES key with equal
/// halves, so that single DES is not needed.
struct MechanismMap {
    CipherMechanisms des3 = des3_mechanisms;
    std::optional<CipherMechanisms> sm4{}; ///< nothing: the token does no SM4

    /// The numbers for keys of that kind; null where the token has none.
    [[nodiscard]] CipherMechanisms const* of(CipherKind kind) const {
        if (kind != CipherKind::sm4) {
            return &des3;
        }
        return sm4 ? &*sm4 : nullptr;
    }
};

} // namespace keys::pkcs11
