#include "keys/remote/tls_files.hpp"

#include "keys/remote/json_fields.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace keys::remote {
namespace {

struct BioFree {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, BioFree>;

struct KeyFree {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using PrivateKey = std::unique_ptr<EVP_PKEY, KeyFree>;

std::string system_reason() {
    return std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
}

/// What BIO_s_mem holds.
std::string text_of(BIO* bio) {
    char* start = nullptr;
    auto const size = BIO_get_mem_data(bio, &start);
    return size > 0 ? std::string(start, static_cast<std::size_t>(size)) : std::string{};
}

std::optional<std::string> fault_of_key_file(std::string const& path) {
    struct stat facts {};
    if (stat(path.c_str(), &facts) != 0) {
        return path + ": " + system_reason();
    }
    bool const is_ours = facts.st_uid == geteuid() || facts.st_uid == 0;
    if (!S_ISREG(facts.st_mode) || !is_ours || (facts.st_mode & 077U) != 0) {
        return path + ": it may be read by others than its owner; wanted are mode 0600 and this "
                      "program's user as owner";
    }
    return std::nullopt;
}

PrivateKey read_private_key(std::string const& path) {
    Bio const file{BIO_new_file(path.c_str(), "r")};
    // A passphrase is never asked for at a terminal.
    auto const no_passphrase = [](char*, int, int, void*) { return 0; };
    return PrivateKey{file == nullptr
                          ? nullptr
                          : PEM_read_bio_PrivateKey(file.get(), nullptr, no_passphrase, nullptr)};
}

} // namespace

apdu::Result<Certificate, std::string> read_certificate(std::string const& path) {
    Bio const file{BIO_new_file(path.c_str(), "r")};
    if (file == nullptr) {
        return path + ": " + system_reason();
    }
    Certificate certificate{PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr)};
    if (certificate == nullptr) {
        ERR_clear_error();
        return path + ": there is no certificate in PEM";
    }
    return certificate;
}

std::optional<std::string> fault_of(TlsFiles const& files) {
    auto const authority = read_certificate(files.authority);
    if (!authority.ok()) {
        return authority.error();
    }
    auto const own = read_certificate(files.certificate);
    if (!own.ok()) {
        return own.error();
    }
    if (auto fault = fault_of_key_file(files.key)) {
        return fault;
    }
    auto const key = read_private_key(files.key);
    bool const is_pair =
        key != nullptr && X509_check_private_key(own.value().get(), key.get()) == 1;
    ERR_clear_error();
    if (key == nullptr) {
        return files.key + ": there is no private key in PEM, or it is encrypted";
    }
    if (!is_pair) {
        return files.key + ": it is not the key of " + files.certificate;
    }
    if (!is_in_time(*own.value())) {
        return files.certificate + ": it has expired or is not valid yet; its last moment: " +
               end_of_time(*own.value());
    }
    return std::nullopt;
}

bool apply(TlsFiles const& files, SSL_CTX& context) {
    SSL_CTX_set_options(&context, SSL_OP_NO_TICKET | SSL_OP_CLEANSE_PLAINTEXT);
    SSL_CTX_set_num_tickets(&context, 0);
    SSL_CTX_set_session_cache_mode(&context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    bool const is_done =
        SSL_CTX_set_min_proto_version(&context, TLS1_3_VERSION) == 1 &&
        SSL_CTX_load_verify_file(&context, files.authority.c_str()) == 1 &&
        SSL_CTX_use_certificate_chain_file(&context, files.certificate.c_str()) == 1 &&
        SSL_CTX_use_PrivateKey_file(&context, files.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
        SSL_CTX_check_private_key(&context) == 1;
    ERR_clear_error();
    return is_done;
}

std::string fingerprint_of(X509 const& certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    apdu::require(X509_digest(&certificate, EVP_sha256(), digest.data(), &size) == 1);
    return hex_of(std::span{digest}.first(size));
}

std::string subject_of(X509 const& certificate) {
    X509_NAME const* const subject = X509_get_subject_name(&certificate);
    Bio const text{BIO_new(BIO_s_mem())};
    int const at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at >= 0) {
        ASN1_STRING_print_ex(text.get(), X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)),
                             ASN1_STRFLGS_RFC2253);
    } else {
        X509_NAME_print_ex(text.get(), subject, 0, XN_FLAG_RFC2253);
    }
    return text_of(text.get());
}

bool is_in_time(X509 const& certificate) {
    return X509_cmp_current_time(X509_get0_notBefore(&certificate)) < 0 &&
           X509_cmp_current_time(X509_get0_notAfter(&certificate)) > 0;
}

std::string end_of_time(X509 const& certificate) {
    Bio const text{BIO_new(BIO_s_mem())};
    ASN1_TIME_print(text.get(), X509_get0_notAfter(&certificate));
    return text_of(text.get());
}

} // namespace keys::remote
