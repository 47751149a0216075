#pragma once

#include "keys/master_key.hpp"

#include "apdu/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace keys::file {

/// Bytes that a key file may have.
inline constexpr std::size_t key_file_size_max = std::size_t{1} << 20U;

/// What is wrong with a key file.
enum class KeyFileFaultCode : std::uint8_t {
    not_readable,      ///< the file cannot be opened or read
    too_large,         ///< more than key_file_size_max
    not_json,          ///< detail: the place, in bytes
    wrong_type,        ///< another JSON type than the member takes
    missing_member,    ///< the detail names it
    unknown_member,    ///< the detail names it
    unknown_key_name,  ///< none of apdu::to_text(KeyName)
    unknown_algorithm, ///< none of 3DES, DES, SM4
    algorithm_refused, ///< SSF33
    not_hex,           ///< something else than pairs of hex digits
    wrong_length,      ///< neither 16 bytes nor, for 3DES and DES, 8
    wrong_version,     ///< not 1…3
    unknown_tier,      ///< none of ministry, province, city
    duplicate,         ///< the same name, version and card algorithm as an entry before
    weak_key,          ///< no secret, or equal halves, in a file that is not marked as a test's
    no_keys,           ///< not one entry
};

/// The code's stable name: "not_hex".
[[nodiscard]] std::string_view to_text(KeyFileFaultCode code);

/// One thing wrong with a key file. Never holds a key.
struct KeyFileFault {
    std::string where; ///< JSON pointer: "/keys/3/value"
    KeyFileFaultCode code;
    std::string detail{};
};

/// What a key file holds.
struct KeyFile {
    std::vector<MasterKey> keys;
    bool is_test; ///< marked with "test": true

    /// For a key service; valid as long as this object stays unchanged.
    [[nodiscard]] MasterKeySet masters() const { return {keys, is_test}; }
};

using KeyFileResult = apdu::Result<KeyFile, std::vector<KeyFileFault>>;

/// Reads master keys from JSON: an array, or an object with "keys" and maybe "test" and "note", of
/// {"name", "algorithm": 3DES|DES|SM4, "value": hex, and maybe "version": 1…3, "tier":
/// ministry|province|city, "note"}. Wipes `text`. Every fault is listed, not only the first.
[[nodiscard]] KeyFileResult parse_key_file(std::span<char> text);

/// The same from a file. Faults besides: not_readable, too_large.
[[nodiscard]] KeyFileResult read_key_file(std::filesystem::path const& path);

} // namespace keys::file
