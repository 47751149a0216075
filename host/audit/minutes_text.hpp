#pragma once

#include "host/audit/audit_fault.hpp"
#include "host/audit/minutes.hpp"

namespace audit {

/// Minutes with what proves them, as they stand in a file: {"minutes": …, "signature": …} on one
/// line. What is signed is the text of "minutes" as it stands there: JSON without blanks, in UTF-8.
struct SignedMinutes {
    Minutes minutes{};
    std::string signed_text{};
    std::string public_key{}; ///< of Ed25519, 64 hex digits
    std::string signature{};  ///< 128 hex digits

    /// SHA-256 of the signed text, 64 hex digits: what the next minutes hold.
    [[nodiscard]] std::string digest() const;
};

/// The text that is signed.
[[nodiscard]] std::string text_to_sign(Minutes const& minutes);

/// The text of the file.
[[nodiscard]] std::string file_text(SignedMinutes const& minutes);

/// Bytes that such a text may have.
inline constexpr std::size_t minutes_size_max = std::size_t{1} << 20U;

/// Reads what file_text() wrote, the signed part in that very form. Proves nothing yet. Fault:
/// damaged.
[[nodiscard]] AuditResult<SignedMinutes> parse_minutes(std::string_view text);

} // namespace audit
