#include "keys/pkcs11/attributes.hpp"

namespace keys::pkcs11 {
namespace {

/// What a yes or no points at; no token writes there.
CK_BBOOL yes_value = CK_TRUE;
CK_BBOOL no_value = CK_FALSE;

/// As AES keys need their size told and DES keys may not have it; for a vendor's SM4 ASSUMED as
/// AES.
bool has_size(CK_KEY_TYPE type) { return type != CKK_DES2; }

} // namespace

void Attributes::add(CK_ATTRIBUTE_TYPE type, bool yes) {
    add(type, yes ? &yes_value : &no_value, sizeof(CK_BBOOL));
}

void Attributes::add(CK_ATTRIBUTE_TYPE type, CK_ULONG& number) {
    add(type, &number, sizeof number);
}

void Attributes::add(CK_ATTRIBUTE_TYPE type, void* bytes, std::size_t size) {
    apdu::require(count_ < attributes_.size());
    attributes_[count_] = {type, bytes, size};
    ++count_;
}

DerivedKeyAttributes::DerivedKeyAttributes(CipherMechanisms const& mechanisms)
    : type_{mechanisms.key_type} {
    add(CKA_CLASS, class_);
    add(CKA_KEY_TYPE, type_);
    if (has_size(type_)) {
        add(CKA_VALUE_LEN, size_);
    }
    add(CKA_TOKEN, false);
    add(CKA_PRIVATE, true);
    add(CKA_SENSITIVE, true);
    add(CKA_EXTRACTABLE, false);
    add(CKA_ENCRYPT, true);
    add(CKA_DERIVE, true);
}

ExportedBytesAttributes::ExportedBytesAttributes(std::size_t size) : size_{size} {
    add(CKA_CLASS, class_);
    add(CKA_KEY_TYPE, type_);
    add(CKA_VALUE_LEN, size_);
    add(CKA_TOKEN, false);
    add(CKA_PRIVATE, true);
    add(CKA_SENSITIVE, false);
    add(CKA_EXTRACTABLE, true);
}

NewKeyAttributes::NewKeyAttributes(CipherMechanisms const& mechanisms, KeyLabel const& label)
    : type_{mechanisms.key_type} {
    bool const is_transport_key = label.name == apdu::KeyName::transport_key;
    add(CKA_CLASS, class_);
    add(CKA_KEY_TYPE, type_);
    if (has_size(type_)) {
        add(CKA_VALUE_LEN, size_);
    }
    add(CKA_TOKEN, false);
    add(CKA_PRIVATE, true);
    add(CKA_SENSITIVE, true);
    add(CKA_EXTRACTABLE, false);
    add(CKA_DERIVE, !is_transport_key);
    add(CKA_ENCRYPT, is_transport_key);
    add(CKA_DECRYPT, false);
}

KeptKeyAttributes::KeptKeyAttributes(KeyLabel const& label, CheckValue const& check_value)
    : label_{to_text(label)}, id_{check_value} {
    add(CKA_TOKEN, true);
    add(CKA_LABEL, label_.data(), label_.size());
    add(CKA_ID, id_.data(), id_.size());
}

MasterKeyAttributes::MasterKeyAttributes(CipherMechanisms const& mechanisms, KeyLabel const& label,
                                         CheckValue const& check_value)
    : type_{mechanisms.key_type}, label_{to_text(label)}, id_{check_value} {
    bool const is_transport_key = label.name == apdu::KeyName::transport_key;
    add(CKA_CLASS, class_);
    add(CKA_KEY_TYPE, type_);
    add(CKA_TOKEN, true);
    add(CKA_PRIVATE, true);
    add(CKA_SENSITIVE, true);
    add(CKA_EXTRACTABLE, false);
    add(CKA_DERIVE, !is_transport_key);
    add(CKA_ENCRYPT, is_transport_key);
    add(CKA_DECRYPT, false);
    add(CKA_LABEL, label_.data(), label_.size());
    add(CKA_ID, id_.data(), id_.size());
}

} // namespace keys::pkcs11
