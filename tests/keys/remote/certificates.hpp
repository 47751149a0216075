#pragma once

#include "keys/remote/tls_files.hpp"

#include <filesystem>
#include <string>

namespace keys::remote {

/// What a certificate of a test says.
struct CertificateWish {
    std::string name;      ///< common name
    std::string host{};    ///< subject alternative name: an IP address or a DNS name
    long begins_s = -3600; ///< from now
    long ends_s = 3600;    ///< from now
};

/// A certification authority for one test, with a folder for its files, gone with the object.
class TestAuthority {
public:
    TestAuthority();
    TestAuthority(TestAuthority const&) = delete;
    TestAuthority& operator=(TestAuthority const&) = delete;
    ~TestAuthority();

    /// A new key pair and certificate, signed by this authority; the file's names begin with
    /// `stem`.
    [[nodiscard]] TlsFiles issue(std::string const& stem, CertificateWish const& wish);

    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }
    [[nodiscard]] std::string authority_path() const { return folder_ / "authority.crt"; }

private:
    std::filesystem::path folder_;
    Certificate certificate_{};
    EVP_PKEY* key_ = nullptr;
};

/// fingerprint_of() the first certificate in that file.
[[nodiscard]] std::string fingerprint_of_file(std::string const& path);

} // namespace keys::remote
