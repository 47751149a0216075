#include "tests/keys/remote/certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace keys::remote {
namespace {

void must(bool is_done) {
    if (!is_done) {
        throw std::runtime_error{"a test's certificate could not be made"};
    }
}

void add_extension(X509* to, X509* issuer, int what, std::string const& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
    X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
    must(extension != nullptr && X509_add_ext(to, extension, -1) == 1);
    X509_EXTENSION_free(extension);
}

Certificate begin_certificate(EVP_PKEY* key, CertificateWish const& wish) {
    static long serial = 0;
    Certificate made{X509_new()};
    X509* const certificate = made.get();
    X509_set_version(certificate, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.begins_s);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.ends_s);
    auto const* const name = reinterpret_cast<unsigned char const*>(wish.name.c_str());
    must(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, name,
                                    -1, -1, 0) == 1 &&
         X509_set_pubkey(certificate, key) == 1);
    return made;
}

void write_certificate(std::string const& path, X509 const* certificate) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    must(file != nullptr && PEM_write_X509(file, certificate) == 1 && std::fclose(file) == 0);
}

void write_key(std::string const& path, EVP_PKEY const* key) {
    std::FILE* const file = std::fopen(path.c_str(), "w");
    must(file != nullptr &&
         PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
         std::fclose(file) == 0);
    std::filesystem::permissions(path, std::filesystem::perms::owner_read |
                                           std::filesystem::perms::owner_write);
}

} // namespace

TestAuthority::TestAuthority() {
    std::string path = std::filesystem::temp_directory_path() / "sscard-tls.XXXXXX";
    must(mkdtemp(path.data()) != nullptr);
    folder_ = path;
    key_ = EVP_EC_gen("P-256");
    must(key_ != nullptr);
    certificate_ = begin_certificate(key_, {"Authority"});
    X509* const own = certificate_.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    add_extension(own, own, NID_key_usage, "critical,keyCertSign");
    must(X509_sign(own, key_, EVP_sha256()) > 0);
    write_certificate(authority_path(), own);
}

TestAuthority::~TestAuthority() {
    EVP_PKEY_free(key_);
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

TlsFiles TestAuthority::issue(std::string const& stem, CertificateWish const& wish) {
    EVP_PKEY* const key = EVP_EC_gen("P-256");
    must(key != nullptr);
    Certificate const made = begin_certificate(key, wish);
    X509* const certificate = made.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate_.get()));
    add_extension(certificate, certificate_.get(), NID_basic_constraints, "CA:FALSE");
    if (!wish.host.empty()) {
        bool const is_address = wish.host.find_first_not_of("0123456789.") == std::string::npos;
        add_extension(certificate, certificate_.get(), NID_subject_alt_name,
                      (is_address ? "IP:" : "DNS:") + wish.host);
    }
    must(X509_sign(certificate, key_, EVP_sha256()) > 0);
    TlsFiles files{folder_ / (stem + ".crt"), folder_ / (stem + ".key"), authority_path()};
    write_certificate(files.certificate, certificate);
    write_key(files.key, key);
    EVP_PKEY_free(key);
    return files;
}

std::string fingerprint_of_file(std::string const& path) {
    auto const certificate = read_certificate(path);
    must(certificate.ok());
    return fingerprint_of(*certificate.value());
}

} // namespace keys::remote
