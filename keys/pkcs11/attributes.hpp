#pragma once

#include "keys/pkcs11/key_label.hpp"
#include "keys/pkcs11/mechanisms.hpp"

#include "keys/check_value.hpp"

#include <array>
#include <span>

namespace keys::pkcs11 {

/// Attributes of a new object, with the values that they point at: an object of its own, which
/// neither moves nor is copied.
class Attributes {
public:
    Attributes() = default;
    Attributes(Attributes const&) = delete;
    Attributes& operator=(Attributes const&) = delete;

    /// For C_DeriveKey and the like, as long as this object lives.
    [[nodiscard]] std::span<CK_ATTRIBUTE> list() { return std::span{attributes_}.first(count_); }

protected:
    ~Attributes() = default;
    void add(CK_ATTRIBUTE_TYPE type, bool yes);
    void add(CK_ATTRIBUTE_TYPE type, CK_ULONG& number);
    void add(CK_ATTRIBUTE_TYPE type, void* bytes, std::size_t size);

private:
    std::array<CK_ATTRIBUTE, 16> attributes_{};
    std::size_t count_ = 0;
};

/// A derived key that lives with its session and never leaves the token.
class DerivedKeyAttributes final : public Attributes {
public:
    explicit DerivedKeyAttributes(CipherMechanisms const& mechanisms);

private:
    CK_OBJECT_CLASS class_ = CKO_SECRET_KEY;
    CK_KEY_TYPE type_;
    CK_ULONG size_ = key_size_max;
};

/// Derived bytes that are read and destroyed at once: no cipher's key, so that no parity is set.
class ExportedBytesAttributes final : public Attributes {
public:
    explicit ExportedBytesAttributes(std::size_t size);

private:
    CK_OBJECT_CLASS class_ = CKO_SECRET_KEY;
    CK_KEY_TYPE type_ = CKK_GENERIC_SECRET;
    CK_ULONG size_;
};

/// A master key in the token for good: sensitive, not extractable, and allowed what it is for only:
/// deriving, or for a transport key encrypting.
class MasterKeyAttributes final : public Attributes {
public:
    MasterKeyAttributes(CipherMechanisms const& mechanisms, KeyLabel const& label,
                        CheckValue const& check_value);

private:
    CK_OBJECT_CLASS class_ = CKO_SECRET_KEY;
    CK_KEY_TYPE type_;
    std::string label_;
    CheckValue id_;
};

/// A master key that the token makes, as an object of a session: sensitive, never extractable, and
/// allowed what it is for only.
class NewKeyAttributes final : public Attributes {
public:
    NewKeyAttributes(CipherMechanisms const& mechanisms, KeyLabel const& label);

private:
    CK_OBJECT_CLASS class_ = CKO_SECRET_KEY;
    CK_KEY_TYPE type_;
    CK_ULONG size_ = key_size_max;
};

/// What the copy of such a key has that stays in the token for good; all else is the key's.
class KeptKeyAttributes final : public Attributes {
public:
    KeptKeyAttributes(KeyLabel const& label, CheckValue const& check_value);

private:
    std::string label_;
    CheckValue id_;
};

} // namespace keys::pkcs11
