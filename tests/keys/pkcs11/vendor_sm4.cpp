#include "tests/keys/pkcs11/vendor_sm4.hpp"

#include "tests/keys/pkcs11/vendor_module.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace vendor {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t size_of_key = 16;
constexpr std::size_t size_of_block = 16;

/// Real handles stay far below.
constexpr CK_OBJECT_HANDLE first_handle = CK_OBJECT_HANDLE{1} << 48U;

struct Object {
    CK_SLOT_ID slot;
    Bytes value;
    std::map<CK_ATTRIBUTE_TYPE, Bytes> attributes;
};

struct Encryption {
    CK_OBJECT_HANDLE key;
    bool is_chain;
    Bytes initial;
};

std::mutex mutex;
std::map<CK_OBJECT_HANDLE, Object> objects;
std::map<CK_SESSION_HANDLE, Encryption> encryptions;
std::map<CK_SESSION_HANDLE, std::vector<CK_OBJECT_HANDLE>> searches;
CK_OBJECT_HANDLE next_handle = first_handle;

std::map<CK_ATTRIBUTE_TYPE, Bytes> taken(CK_ATTRIBUTE const* attributes, CK_ULONG count) {
    std::map<CK_ATTRIBUTE_TYPE, Bytes> map;
    for (CK_ULONG i = 0; i < count; ++i) {
        auto const* const bytes = static_cast<std::uint8_t const*>(attributes[i].pValue);
        map[attributes[i].type] = Bytes(bytes, bytes + attributes[i].ulValueLen);
    }
    return map;
}

bool is_of_type(std::map<CK_ATTRIBUTE_TYPE, Bytes> const& attributes, CK_KEY_TYPE type) {
    auto const found = attributes.find(CKA_KEY_TYPE);
    auto const* const bytes = reinterpret_cast<std::uint8_t const*>(&type);
    return found != attributes.end() && found->second == Bytes(bytes, bytes + sizeof type);
}

bool is_yes(Object const& object, CK_ATTRIBUTE_TYPE type) {
    auto const found = object.attributes.find(type);
    return found != object.attributes.end() && found->second == Bytes{CK_TRUE};
}

/// Encrypts each block by itself; false: OpenSSL does not.
bool encrypt_blocks(Bytes const& key, std::uint8_t* blocks, std::size_t size) {
    EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
    int written = 0;
    bool const well =
        context != nullptr &&
        EVP_EncryptInit_ex2(context, EVP_sm4_ecb(), key.data(), nullptr, nullptr) == 1 &&
        EVP_CIPHER_CTX_set_padding(context, 0) == 1 &&
        EVP_EncryptUpdate(context, blocks, &written, blocks, static_cast<int>(size)) == 1;
    EVP_CIPHER_CTX_free(context);
    return well;
}

CK_SLOT_ID slot_of(CK_FUNCTION_LIST const& real, CK_SESSION_HANDLE session) {
    CK_SESSION_INFO opened{};
    real.C_GetSessionInfo(session, &opened);
    return opened.slotID;
}

CK_OBJECT_HANDLE keep(Object object) {
    objects[next_handle] = std::move(object);
    return next_handle++;
}

} // namespace

std::optional<CK_RV> find_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_ATTRIBUTE* /*attributes*/, CK_ULONG /*count*/) {
    std::lock_guard const lock{mutex};
    searches[session].clear();
    CK_SLOT_ID const slot = slot_of(real, session);
    for (auto const& [handle, object] : objects) {
        if (object.slot == slot && is_yes(object, CKA_TOKEN)) {
            searches[session].push_back(handle);
        }
    }
    return std::nullopt;
}

std::optional<CK_RV> give_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                              CK_OBJECT_HANDLE* found, CK_ULONG objects_max, CK_ULONG* count) {
    CK_RV const value = real.C_FindObjects(session, found, objects_max, count);
    std::lock_guard const lock{mutex};
    auto& left = searches[session];
    while (value == CKR_OK && *count < objects_max && !left.empty()) {
        found[(*count)++] = left.back();
        left.pop_back();
    }
    return value;
}

std::optional<CK_RV> tell_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE /*session*/,
                              CK_OBJECT_HANDLE handle, CK_ATTRIBUTE* attributes, CK_ULONG count) {
    std::lock_guard const lock{mutex};
    auto const object = objects.find(handle);
    if (object == objects.end()) {
        return handle < first_handle ? std::nullopt : std::optional{CKR_OBJECT_HANDLE_INVALID};
    }
    for (CK_ULONG i = 0; i < count; ++i) {
        bool const is_value = attributes[i].type == CKA_VALUE;
        if (is_value && !is_yes(object->second, CKA_EXTRACTABLE)) {
            return CKR_ATTRIBUTE_SENSITIVE;
        }
        auto const& known = object->second.attributes;
        auto const found = known.find(attributes[i].type);
        if (!is_value && found == known.end()) {
            return CKR_ATTRIBUTE_TYPE_INVALID;
        }
        Bytes const& bytes = is_value ? object->second.value : found->second;
        if (attributes[i].ulValueLen < bytes.size()) {
            return CKR_BUFFER_TOO_SMALL;
        }
        std::copy(bytes.begin(), bytes.end(), static_cast<std::uint8_t*>(attributes[i].pValue));
        attributes[i].ulValueLen = bytes.size();
    }
    return CKR_OK;
}

std::optional<CK_RV> begin_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE session,
                               CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key) {
    std::lock_guard const lock{mutex};
    auto const object = objects.find(key);
    if (object == objects.end()) {
        return key < first_handle ? std::nullopt : std::optional{CKR_KEY_HANDLE_INVALID};
    }
    if (!is_yes(object->second, CKA_ENCRYPT)) {
        return CKR_KEY_FUNCTION_NOT_PERMITTED;
    }
    bool const is_chain = mechanism->mechanism == vendor_sm4_chain;
    if (!is_chain && mechanism->mechanism != vendor_sm4_blocks) {
        return CKR_MECHANISM_INVALID;
    }
    auto const* const initial = static_cast<std::uint8_t const*>(mechanism->pParameter);
    encryptions[session] = {key, is_chain, Bytes(initial, initial + mechanism->ulParameterLen)};
    return CKR_OK;
}

std::optional<CK_RV> encrypt_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE session, CK_BYTE* in,
                                 CK_ULONG in_size, CK_BYTE* out, CK_ULONG* out_size) {
    std::lock_guard const lock{mutex};
    auto const found = encryptions.find(session);
    if (found == encryptions.end()) {
        return std::nullopt;
    }
    Encryption encryption = found->second;
    encryptions.erase(found);
    if (in_size % size_of_block != 0 || *out_size < in_size) {
        return CKR_DATA_LEN_RANGE;
    }
    Bytes const& key = objects.at(encryption.key).value;
    Bytes bytes(in, in + in_size);
    bool well = true;
    for (std::size_t at = 0; at < in_size; at += size_of_block) {
        for (std::size_t i = 0; encryption.is_chain && i < size_of_block; ++i) {
            bytes[at + i] ^= encryption.initial.at(i);
        }
        well = encrypt_blocks(key, &bytes[at], size_of_block) && well;
        encryption.initial.assign(&bytes[at], &bytes[at] + size_of_block);
    }
    std::copy(bytes.begin(), bytes.end(), out);
    *out_size = in_size;
    return well ? CKR_OK : CKR_FUNCTION_FAILED;
}

std::optional<CK_RV> unwrap_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key, CK_BYTE* wrapped,
                                CK_ULONG wrapped_size, CK_ATTRIBUTE* attributes, CK_ULONG count,
                                CK_OBJECT_HANDLE* made) {
    std::map<CK_ATTRIBUTE_TYPE, Bytes> const wanted = taken(attributes, count);
    if (!is_of_type(wanted, vendor_sm4_key)) {
        return std::nullopt;
    }
    CK_OBJECT_CLASS secret = CKO_SECRET_KEY;
    CK_KEY_TYPE generic = CKK_GENERIC_SECRET;
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    CK_ATTRIBUTE clear[] = {{CKA_CLASS, &secret, sizeof secret},
                            {CKA_KEY_TYPE, &generic, sizeof generic},
                            {CKA_TOKEN, &no, sizeof no},
                            {CKA_SENSITIVE, &no, sizeof no},
                            {CKA_EXTRACTABLE, &yes, sizeof yes}};
    CK_OBJECT_HANDLE object = 0;
    CK_RV value = real.C_UnwrapKey(session, mechanism, key, wrapped, wrapped_size, clear,
                                   std::size(clear), &object);
    Bytes bytes(size_of_key);
    CK_ATTRIBUTE read{CKA_VALUE, bytes.data(), bytes.size()};
    if (value == CKR_OK) {
        value = real.C_GetAttributeValue(session, object, &read, 1);
    }
    if (value == CKR_OK) {
        value = real.C_DestroyObject(session, object);
    }
    if (value == CKR_OK) {
        std::lock_guard const lock{mutex};
        *made = keep({slot_of(real, session), bytes, wanted});
    }
    return value;
}

std::optional<CK_RV> derive_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE /*session*/,
                                CK_MECHANISM* mechanism, CK_OBJECT_HANDLE from,
                                CK_ATTRIBUTE* attributes, CK_ULONG count, CK_OBJECT_HANDLE* made) {
    std::lock_guard const lock{mutex};
    auto const object = objects.find(from);
    if (object == objects.end()) {
        return from < first_handle ? std::nullopt : std::optional{CKR_KEY_HANDLE_INVALID};
    }
    if (mechanism->mechanism != vendor_sm4_derive) {
        return CKR_MECHANISM_INVALID;
    }
    if (!is_yes(object->second, CKA_DERIVE)) {
        return CKR_KEY_FUNCTION_NOT_PERMITTED;
    }
    auto const* const data =
        static_cast<CK_KEY_DERIVATION_STRING_DATA const*>(mechanism->pParameter);
    Bytes bytes(data->pData, data->pData + data->ulLen);
    if (!encrypt_blocks(object->second.value, bytes.data(), bytes.size())) {
        return CKR_FUNCTION_FAILED;
    }
    *made = keep({object->second.slot, bytes, taken(attributes, count)});
    return CKR_OK;
}

std::optional<CK_RV> generate_sm4(CK_FUNCTION_LIST& real, CK_SESSION_HANDLE session,
                                  CK_MECHANISM* mechanism, CK_ATTRIBUTE* attributes, CK_ULONG count,
                                  CK_OBJECT_HANDLE* made) {
    if (mechanism->mechanism != vendor_sm4_generate) {
        return std::nullopt;
    }
    Bytes bytes(size_of_key);
    CK_RV const value = real.C_GenerateRandom(session, bytes.data(), bytes.size());
    if (value == CKR_OK) {
        std::lock_guard const lock{mutex};
        *made = keep({slot_of(real, session), bytes, taken(attributes, count)});
    }
    return value;
}

std::optional<CK_RV> copy_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE /*session*/,
                              CK_OBJECT_HANDLE from, CK_ATTRIBUTE* attributes, CK_ULONG count,
                              CK_OBJECT_HANDLE* made) {
    std::lock_guard const lock{mutex};
    auto const object = objects.find(from);
    if (object == objects.end()) {
        return from < first_handle ? std::nullopt : std::optional{CKR_OBJECT_HANDLE_INVALID};
    }
    Object copy = object->second;
    for (auto& [type, value] : taken(attributes, count)) {
        copy.attributes[type] = value;
    }
    *made = keep(std::move(copy));
    return CKR_OK;
}

std::optional<CK_RV> destroy_sm4(CK_FUNCTION_LIST& /*real*/, CK_SESSION_HANDLE /*session*/,
                                 CK_OBJECT_HANDLE object) {
    std::lock_guard const lock{mutex};
    return objects.erase(object) == 1 ? std::optional{CKR_OK} : std::nullopt;
}

} // namespace vendor
