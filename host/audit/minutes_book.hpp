#pragma once

#include "host/audit/minutes_text.hpp"
#include "host/audit/signing_key.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace audit {

/// What is wrong with one of the minutes (its number), or with the list (0).
struct BookFinding {
    /// In what way.
    enum class What : std::uint8_t {
        missing,      ///< there is none of that number, and others follow or the head tells of it
        damaged,      ///< it cannot be read
        not_signed,   ///< the signature is not that of this office's key over this text
        chain_broken, ///< it does not hold the digest of the one before
        head_wrong,   ///< the head is missing, not signed, or is another list's
    };
    std::uint32_t number;
    What what;
};

/// "missing", "damaged" …
[[nodiscard]] std::string_view to_text(BookFinding::What what);

/// The minutes of an office in a folder: NNNNNN.json each with the digest of the one before, a
/// signed head that tells how many there are and the digest of the last, and the signing key. For
/// one thread at a time and one process.
///
/// An act is first written as a draft, so that the disk has room for it; then it is done; then the
/// draft gets its number. A daemon that is killed between leaves the draft, which becomes minutes
/// of an act that was interrupted.
class MinutesBook {
public:
    /// Opens the folder, or makes it. Faults: not_written, damaged (the key or the last minutes),
    /// failed.
    [[nodiscard]] static AuditResult<MinutesBook> open(std::filesystem::path folder);

    /// Writes the minutes that follow, number and digest set, as a draft in the place of another.
    /// Faults: not_written, failed.
    [[nodiscard]] AuditResult<SignedMinutes> draft(Minutes minutes);
    /// Makes the draft the last of the list. Fault: not_written. require: there is one.
    [[nodiscard]] AuditResult<apdu::Done> keep_draft();
    /// The act was not done.
    void drop_draft();

    /// draft() and keep_draft().
    [[nodiscard]] AuditResult<SignedMinutes> add(Minutes minutes);

    /// How many there are.
    [[nodiscard]] std::uint32_t count() const { return count_; }
    /// Those of that number; nothing where there are none. Fault: damaged.
    [[nodiscard]] AuditResult<std::optional<SignedMinutes>> find(std::uint32_t number) const;
    /// Looks at all of them. Empty: the list is whole.
    [[nodiscard]] std::vector<BookFinding> check() const;

    [[nodiscard]] SigningKey const& key() const { return key_; }
    /// True where this office's key has signed them.
    [[nodiscard]] bool has_signed(SignedMinutes const& minutes) const;

private:
    MinutesBook(std::filesystem::path folder, SigningKey key)
        : folder_{std::move(folder)}, key_{std::move(key)} {}
    struct Head {
        std::uint32_t count;
        std::string last; ///< digest
    };
    [[nodiscard]] std::filesystem::path path_of(std::uint32_t number) const;
    [[nodiscard]] AuditResult<std::optional<SignedMinutes>>
    read(std::filesystem::path const& path) const;
    [[nodiscard]] std::optional<Head> head(std::filesystem::path const& path) const;
    [[nodiscard]] AuditResult<apdu::Done> write(std::filesystem::path const& path,
                                                std::string const& text) const;
    [[nodiscard]] AuditResult<apdu::Done> count_files();
    [[nodiscard]] AuditResult<apdu::Done> settle();

    std::filesystem::path folder_;
    SigningKey key_;
    std::uint32_t count_ = 0;
    std::string last_{}; ///< digest of the last
};

} // namespace audit
