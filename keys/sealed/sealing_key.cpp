#include "keys/sealed/sealing_key.hpp"

#include "keys/constant_time.hpp"
#include "keys/secret_bytes.hpp"

#include <argon2.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>

namespace keys::sealed {
namespace {

constexpr std::size_t cipher_key_size = 32;
constexpr std::size_t proof_size = 20;
constexpr std::string_view purpose = "sscard sealed store 1";

template <auto release>
struct Releaser {
    template <typename T>
    void operator()(T* object) const {
        release(object);
    }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using Kdf = std::unique_ptr<EVP_KDF, Releaser<EVP_KDF_free>>;
using KdfContext = std::unique_ptr<EVP_KDF_CTX, Releaser<EVP_KDF_CTX_free>>;

StoreFault failed(std::string what) { return {StoreFaultCode::sealing_failed, std::move(what)}; }

/// argon2id of the secret into `out`.
StoreResult<apdu::Done> stretch(apdu::ByteView secret, StoreHeader const& header,
                                apdu::ByteSpan out) {
    argon2_context context{};
    context.out = out.data();
    context.outlen = static_cast<std::uint32_t>(out.size());
    context.pwd = const_cast<std::uint8_t*>(secret.data()); // NOLINT: only read, by its flags
    context.pwdlen = static_cast<std::uint32_t>(secret.size());
    context.salt = const_cast<std::uint8_t*>(header.salt.data()); // NOLINT: only read
    context.saltlen = static_cast<std::uint32_t>(header.salt.size());
    context.m_cost = header.cost.memory_kib;
    context.t_cost = header.cost.passes;
    context.lanes = header.cost.lanes;
    context.threads = std::clamp(std::thread::hardware_concurrency(), 1U, header.cost.lanes);
    context.version = ARGON2_VERSION_13;
    context.flags = ARGON2_DEFAULT_FLAGS;
    int const status = argon2id_ctx(&context);
    if (status != ARGON2_OK) {
        return failed(std::string{"argon2: "} + argon2_error_message(status));
    }
    return apdu::Done{};
}

/// HKDF with the store's salt.
bool expand(apdu::ByteView root, StoreHeader const& header, apdu::ByteSpan out) {
    Kdf const kdf{EVP_KDF_fetch(nullptr, "HKDF", nullptr)};
    KdfContext const context{kdf ? EVP_KDF_CTX_new(kdf.get()) : nullptr};
    std::string digest{"SHA256"};
    std::string info{purpose};
    auto salt = header.salt;
    auto* const key = const_cast<std::uint8_t*>(root.data()); // NOLINT: OSSL_PARAM only reads it
    std::array const parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key, root.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, salt.data(), salt.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
        OSSL_PARAM_construct_end()};
    return context != nullptr &&
           EVP_KDF_derive(context.get(), out.data(), out.size(), parameters.data()) == 1;
}

/// AES-256-GCM in one direction, ready for the content, the header as additional data.
Cipher start_gcm(apdu::ByteView key, apdu::ByteView nonce, apdu::ByteView header, bool encrypts) {
    Cipher cipher{EVP_CIPHER_CTX_new()};
    int written = 0;
    bool const ready = cipher != nullptr &&
                       EVP_CipherInit_ex2(cipher.get(), EVP_aes_256_gcm(), key.data(), nonce.data(),
                                          encrypts ? 1 : 0, nullptr) == 1 &&
                       EVP_CipherUpdate(cipher.get(), nullptr, &written, header.data(),
                                        static_cast<int>(header.size())) == 1;
    return ready ? std::move(cipher) : Cipher{};
}

bool put_through(Cipher const& cipher, apdu::ByteView in, std::uint8_t* out) {
    int written = 0;
    return EVP_CipherUpdate(cipher.get(), out, &written, in.data(), static_cast<int>(in.size())) ==
           1;
}

} // namespace

StoreResult<apdu::Done> fill_at_random(apdu::ByteSpan bytes) {
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return failed("no random bytes");
    }
    return apdu::Done{};
}

StoreResult<SealingKey> SealingKey::derive(SealingSecret const& secret, StoreHeader const& header) {
    if (secret.kind() != header.kind) {
        return StoreFault{StoreFaultCode::sealed_otherwise};
    }
    auto derived = LockedMemory::take(cipher_key_size + proof_size);
    auto root = LockedMemory::take(cipher_key_size);
    if (!derived.ok() || !root.ok()) {
        return derived.ok() ? root.error() : derived.error();
    }
    if (header.kind == SealKind::credential) {
        apdu::copy_bytes(secret.expose(), root.value().bytes());
    } else if (auto const done = stretch(secret.expose(), header, root.value().bytes());
               !done.ok()) {
        return done.error();
    }
    if (!expand(root.value().bytes(), header, derived.value().bytes())) {
        return failed("HKDF");
    }
    return SealingKey{std::move(derived).value()};
}

apdu::ByteView SealingKey::cipher_key() const { return memory_.bytes().first(cipher_key_size); }

std::array<std::uint8_t, 20> SealingKey::proof() const {
    std::array<std::uint8_t, proof_size> proof{};
    apdu::copy_bytes(memory_.bytes().last(proof_size), proof);
    return proof;
}

bool SealingKey::proves(StoreHeader const& header) const {
    return equal_in_constant_time(memory_.bytes().last(proof_size), header.proof);
}

StoreResult<std::vector<std::uint8_t>> SealingKey::seal(StoreHeader header,
                                                        apdu::ByteView content) const {
    if (auto const done = fill_at_random(header.nonce); !done.ok()) {
        return done.error();
    }
    header.sealed_size = static_cast<std::uint32_t>(content.size() + tag_size);
    header.proof = proof();
    HeaderBytes const open_part = encode_header(header);
    std::vector<std::uint8_t> file(header_size + header.sealed_size);
    apdu::copy_bytes(open_part, file);
    std::uint8_t* const sealed = file.data() + header_size;
    Cipher const cipher = start_gcm(cipher_key(), header.nonce, open_part, true);
    int written = 0;
    if (cipher == nullptr || !put_through(cipher, content, sealed) ||
        EVP_CipherFinal_ex(cipher.get(), sealed + content.size(), &written) != 1 ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(tag_size),
                            sealed + content.size()) != 1) {
        return failed("AES-256-GCM");
    }
    return file;
}

StoreResult<LockedMemory> SealingKey::open(StoreHeader const& header, apdu::ByteView file) const {
    apdu::require(file.size() == header_size + header.sealed_size);
    if (!proves(header)) {
        return StoreFault{StoreFaultCode::secret_wrong};
    }
    apdu::ByteView const sealed = file.subspan(header_size);
    apdu::ByteView const text = sealed.first(sealed.size() - tag_size);
    std::array<std::uint8_t, tag_size> tag{};
    apdu::copy_bytes(sealed.last(tag_size), tag);
    if (text.empty()) {
        return StoreFault{StoreFaultCode::damaged};
    }
    auto content = LockedMemory::take(text.size());
    if (!content.ok()) {
        return content;
    }
    std::uint8_t* const out = content.value().bytes().data();
    Cipher const cipher = start_gcm(cipher_key(), header.nonce, file.first(header_size), false);
    if (cipher == nullptr || !put_through(cipher, text, out) ||
        EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(tag_size),
                            tag.data()) != 1) {
        return failed("AES-256-GCM");
    }
    int written = 0;
    if (EVP_CipherFinal_ex(cipher.get(), out + text.size(), &written) != 1) {
        return StoreFault{StoreFaultCode::damaged};
    }
    return content;
}

} // namespace keys::sealed
