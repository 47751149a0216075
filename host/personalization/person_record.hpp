#pragma once

#include "host/session/fault.hpp"

#include "apdu/card_layout.hpp"
#include "apdu/text_profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalization {

/// One record of a file as the person's record gives it.
struct RecordContent {
    std::uint8_t number;             ///< from 1, in the file; of a cyclic file: 1 is the newest
    std::uint8_t tag;                ///< of the item; 00 in a cyclic file
    std::vector<std::uint8_t> bytes; ///< `tag length value`; in a cyclic file the fields alone
};

/// What the person's record gives for one file, ready to be written.
struct FileContent {
    apdu::Directory directory;
    std::uint16_t fid;
    std::vector<RecordContent> records{}; ///< in ascending order
    std::vector<std::uint8_t> binary{};   ///< of a transparent file
};

/// An item that the structure stage makes and a person's record may only repeat: card id,
/// specification version, initialising body number.
struct RepeatedItem {
    std::string where; ///< JSON pointer
    std::uint8_t tag;
    std::vector<std::uint8_t> value;
};

class PersonRecord;

/// What became of a person's record.
struct CheckedRecord;

/// A person's record, whole and valid: every value encoded as the card holds it.
///
/// The record is a JSON object {file: {item: value}} with the names of the file tables
/// (apdu/card_layout.hpp), as person_record.schema.json publishes it. A value is text as
/// apdu::encode_item() takes it; an item that a file holds several times is an array of at most so
/// many; a constructed item is an object of its parts; a cyclic file is an array of records, newest
/// first; a transparent file is base64. An empty text is the item's unpersonalized form.
///
/// Required are, in SSSE/EF05, card class, issue date, expiry date and card number; in SSSE/EF06,
/// social security number, name, sex and birth date. All else may be left out. A name that is
/// longer than its item goes on in the name extension by itself, split between characters.
class PersonRecord {
public:
    /// Checks the whole text and lists every fault at once. Problem codes: those of parse_json();
    /// missing, wrong_type, unknown_file, unknown_item, too_many, not_writable (a file that nobody
    /// may write); problem_code() of what encode_item() refuses; control_character; not_base64,
    /// image_format, too_long (a transparent file); name_given_twice (a long name and a name
    /// extension); birth_date_mismatch, sex_mismatch, expiry_before_issue, birth_after_issue.
    /// Warning codes: birth_place_mismatch, sex_not_stated, look_alike_dot.
    [[nodiscard]] static CheckedRecord check(std::string_view json, apdu::TextProfile profile);

    /// In the order of the file tables; only files that the record names.
    [[nodiscard]] std::vector<FileContent> const& files() const { return files_; }
    [[nodiscard]] std::vector<RepeatedItem> const& repeated() const { return repeated_; }
    [[nodiscard]] std::string const& card_number() const { return card_number_; }
    [[nodiscard]] std::string const& social_security_number() const {
        return social_security_number_;
    }
    [[nodiscard]] std::vector<session::Problem> const& warnings() const { return warnings_; }

private:
    PersonRecord() = default;
    std::vector<FileContent> files_{};
    std::vector<RepeatedItem> repeated_{};
    std::string card_number_{};
    std::string social_security_number_{};
    std::vector<session::Problem> warnings_{};
};

/// What became of a person's record.
struct CheckedRecord {
    std::optional<PersonRecord> record{};     ///< nothing where there are problems
    std::vector<session::Problem> problems{}; ///< what must be put right
    std::vector<session::Problem> warnings{}; ///< what deserves a second look
};

/// The fault that a record with problems amounts to: record_invalid with all of them. require:
/// there are problems.
[[nodiscard]] session::Fault fault_of(CheckedRecord const& checked);

} // namespace personalization
