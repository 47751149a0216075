#include "host/audit/signing_key.hpp"

#include "host/session/hex_text.hpp"
#include "host/store/durable_file.hpp"

#include "keys/hex_text.hpp"

#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <unistd.h>

#include <array>

namespace audit {
namespace {

constexpr std::size_t public_size = 32;
constexpr std::size_t signature_size = 64;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Digest = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

std::string text_in(BIO* bio) {
    char* start = nullptr;
    long const size = BIO_get_mem_data(bio, &start);
    return {start, static_cast<std::size_t>(size)};
}

unsigned char const* bytes_of(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

} // namespace

void SigningKey::Deleter::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }

AuditResult<SigningKey> SigningKey::open(std::filesystem::path const& file) {
    auto const text = store::read_file(file);
    if (!text.ok()) {
        return AuditFault{AuditFaultCode::damaged, text.error().detail};
    }
    if (!text.value()) {
        return make(file);
    }
    Bio const bio{BIO_new_mem_buf(text.value()->data(), static_cast<int>(text.value()->size())),
                  BIO_free};
    Key key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
    if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_ED25519) {
        return AuditFault{AuditFaultCode::damaged, file.string()};
    }
    return SigningKey{std::move(key)};
}

AuditResult<SigningKey> SigningKey::make(std::filesystem::path const& file) {
    Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    Bio const bio{BIO_new(BIO_s_secmem()), BIO_free};
    if (key == nullptr || bio == nullptr ||
        PEM_write_bio_PKCS8PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                      nullptr) != 1) {
        return AuditFault{AuditFaultCode::failed, "Ed25519"};
    }
    std::filesystem::path const fresh = file.string() + ".new";
    (void)::unlink(fresh.c_str());
    auto const written = store::open_file(fresh, O_WRONLY | O_CREAT | O_EXCL);
    if (!written.is_open() || !store::write_all(written.number(), text_in(bio.get())) ||
        ::fsync(written.number()) != 0) {
        return AuditFault{AuditFaultCode::not_written, store::file_fault(file).detail};
    }
    if (auto const named = store::rename_file(fresh, file); !named.ok()) {
        return AuditFault{AuditFaultCode::not_written, named.error().detail};
    }
    return SigningKey{std::move(key)};
}

AuditResult<std::string> SigningKey::sign(std::string_view text) const {
    Digest const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    std::array<std::uint8_t, signature_size> signature{};
    std::size_t size = signature.size();
    if (context == nullptr ||
        EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(text), text.size()) != 1) {
        return AuditFault{AuditFaultCode::failed, "Ed25519"};
    }
    return session::hex_text(signature);
}

std::string SigningKey::public_key() const {
    std::array<std::uint8_t, public_size> bytes{};
    std::size_t size = bytes.size();
    apdu::require(EVP_PKEY_get_raw_public_key(key_.get(), bytes.data(), &size) == 1);
    return session::hex_text(bytes);
}

std::string SigningKey::public_pem() const {
    Bio const bio{BIO_new(BIO_s_mem()), BIO_free};
    apdu::require(bio != nullptr && PEM_write_bio_PUBKEY(bio.get(), key_.get()) == 1);
    return text_in(bio.get());
}

bool has_signed(std::string_view public_key, std::string_view text, std::string_view signature) {
    std::array<std::uint8_t, public_size> raw{};
    std::array<std::uint8_t, signature_size> value{};
    if (!keys::read_hex(public_key, raw) || !keys::read_hex(signature, value)) {
        return false;
    }
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()),
        EVP_PKEY_free};
    Digest const context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    return key != nullptr && context != nullptr &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), value.data(), value.size(), bytes_of(text),
                            text.size()) == 1;
}

} // namespace audit
