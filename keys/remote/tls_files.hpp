#pragma once

#include "apdu/result.hpp"

#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>

namespace keys::remote {

/// What one end of the link proves itself with, and whom it believes; PEM files.
struct TlsFiles {
    std::string certificate{}; ///< its own, those of authorities in between behind it
    std::string key{};         ///< unencrypted; nobody but its owner may read it
    std::string authority{};   ///< of the other end's certificates
};

/// A certificate; never null where a function gives one.
struct X509Free {
    /// Frees it.
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, X509Free>;

/// The first certificate of a file, or what is wrong in words for a log.
[[nodiscard]] apdu::Result<Certificate, std::string> read_certificate(std::string const& path);

/// What is wrong with one end's files: one cannot be read, the key may be read by others or is
/// another certificate's, the certificate has expired or is not valid yet. Nothing: all is well.
[[nodiscard]] std::optional<std::string> fault_of(TlsFiles const& files);

/// TLS 1.3 alone with those files, the other end's certificate wanted and verified; no session is
/// resumed, so that every connection is verified. False where OpenSSL refuses a file.
[[nodiscard]] bool apply(TlsFiles const& files, SSL_CTX& context);

/// SHA-256 of the whole certificate: 64 hex digits, capitals.
[[nodiscard]] std::string fingerprint_of(X509 const& certificate);

/// The common name, or the whole subject where it has none; printable ASCII, the rest as \xx.
[[nodiscard]] std::string subject_of(X509 const& certificate);

/// True from the certificate's first second to its last.
[[nodiscard]] bool is_in_time(X509 const& certificate);

/// "Jan  5 12:00:00 2031 GMT".
[[nodiscard]] std::string end_of_time(X509 const& certificate);

} // namespace keys::remote
