#pragma once

#include "host/audit/audit_fault.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

struct evp_pkey_st;

namespace audit {

/// The office's Ed25519 key (RFC 8032) that signs minutes.
class SigningKey {
public:
    /// Reads it from that file (PEM, PKCS #8, 0600), or makes it there. Faults: not_written,
    /// damaged, failed.
    [[nodiscard]] static AuditResult<SigningKey> open(std::filesystem::path const& file);

    /// 128 hex digits. Fault: failed.
    [[nodiscard]] AuditResult<std::string> sign(std::string_view text) const;
    /// 64 hex digits.
    [[nodiscard]] std::string public_key() const;
    /// The same as PEM, for other programs.
    [[nodiscard]] std::string public_pem() const;

private:
    struct Deleter {
        void operator()(evp_pkey_st* key) const;
    };
    using Key = std::unique_ptr<evp_pkey_st, Deleter>;
    explicit SigningKey(Key key) : key_{std::move(key)} {}
    [[nodiscard]] static AuditResult<SigningKey> make(std::filesystem::path const& file);
    Key key_;
};

/// True where `signature` (128 hex digits) over `text` is that public key's (64 hex digits).
[[nodiscard]] bool has_signed(std::string_view public_key, std::string_view text,
                              std::string_view signature);

} // namespace audit
