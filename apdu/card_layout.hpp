#pragma once

#include "apdu/bytes.hpp"
#include "apdu/directory.hpp"
#include "apdu/key_name.hpp"
#include "apdu/spec_version.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace apdu {

/// How a value's bytes are filled. card.md §1.4.
enum class Format : std::uint8_t {
    cn,  ///< packed BCD, left-aligned, padded right with F nibbles
    an,  ///< text, GBK, left-aligned, padded right with 00
    b,   ///< binary
    tlv, ///< constructed: the parts follow as tag, length, value
};

/// What a value means, so that it can be checked and told.
enum class Content : std::uint8_t {
    text,         ///< any text
    digits,       ///< decimal digits, as many as fit
    fixed_digits, ///< decimal digits that fill the item
    ascii,        ///< printable ASCII: numbers and codes with letters
    date,         ///< cn 04 YYYYMMDD
    region,       ///< cn 03 GB/T 2260
    code,         ///< a code of the item's code table
    number,       ///< b: unsigned, most significant byte first
    opaque,       ///< bytes; hex as text
    id_number,    ///< §2.3
    card_number,  ///< §2.2
    card_id,      ///< §2.1
    spec_version, ///< "1.00", "2.00", "3.00"
    date_time,    ///< cn 07 YYYYMMDDHHMMSS
};

/// The code tables of card.md §1.12; `none` for an item without one.
enum class CodeTable : std::uint8_t {
    none,
    card_class,
    sex,
    ethnic_group,
    household_class,
    employment_state,
    marital_state,
    person_class,
    political_status,
    education,
    pension_kind,
    insurance_kind,
    medical_person_class,
    disability_grade,
    dependant_relation,
    registration_kind,
    employment_form,
    assistance_kind,
    policy_kind,
    placement_kind,
    card_use,
    registration_kind_and_form, ///< both in one item: two digits and three
    transaction_kind,           ///< card.md §1.9, as the next
    settlement_class,
};

/// One data item. In a record file each occurrence is a record `tag size value`; a part of a
/// constructed item has the same shape inside its record; a field of a cyclic record has tag 00 and
/// only its value. Sizes are in bytes.
struct Item {
    std::uint8_t tag;
    Format format;
    std::uint8_t size;
    std::uint8_t occurrences;
    std::string_view
        name; ///< snake_case, unique in its file; the name in records of a person and in JSON
    std::string_view label_zh; ///< the standard's own name
    Content content;
    CodeTable code_table = CodeTable::none;
    std::span<Item const> parts{}; ///< of a constructed item
};

/// What a file's access condition asks for.
enum class AccessRule : std::uint8_t { free, key, pin, pin_or_key, pin_and_key, never };

/// When a file may be read or written. `key` counts where the rule names one. card.md §1.5–1.11.
struct Access {
    AccessRule rule;
    KeyName key = KeyName::irk;
};

/// How a file keeps its content. card.md §1.5.
enum class FileType : std::uint8_t { variable_records, fixed_records, transparent, cyclic };

/// One elementary file of the card. The SFI is the low five bits of the FID's low byte.
struct ElementaryFile {
    std::uint16_t fid;
    std::string_view name;     ///< snake_case, unique on the card
    std::string_view label_zh; ///< the standard's own name
    FileType type;
    std::uint16_t size; ///< bytes: of a transparent file, or of one record of a cyclic file; else 0
    std::uint8_t
        records; ///< of a cyclic file: how many it holds at least; else 0 (see record_count())
    Access read;
    Access write;
    std::span<Item const> items; ///< in record order; of a cyclic file: the fields of a record
    bool is_assumed = false;     ///< the row rests on an ASSUMED value of card.md §9
    bool is_internal =
        false; ///< kept by the card's operating system; nobody reads or writes it from outside
    bool is_preset = false; ///< laid out ahead of its use (预置); card.md §1.5, §1.7, §1.10

    [[nodiscard]] constexpr std::uint8_t sfi() const {
        return static_cast<std::uint8_t>(fid & 0x1FU);
    }
};

/// One directory with its files. `name` is the DF name or AID, empty where the card has none.
struct DedicatedFile {
    Directory directory;
    std::uint16_t fid;
    std::span<std::uint8_t const> name;
    std::string_view label_zh;
    std::span<ElementaryFile const> files;
};

/// A generation of cards. All data has static lifetime.
struct CardLayout {
    SpecVersion version;
    std::span<DedicatedFile const> directories;
};

/// The table of that generation. 1.00: as far as known (card.md §1.11).
[[nodiscard]] CardLayout const& layout_of(SpecVersion version);

/// A file and the directory that it stands in.
struct FilePlace {
    DedicatedFile const* directory;
    ElementaryFile const* file;
};

/// A file by its name ("residence") or path ("DF01/EF06", "DF01EF06", "SSSE/EF05", "SSSEEF05"; case
/// of letters is not looked at), or nothing.
[[nodiscard]] std::optional<FilePlace> find_file(CardLayout const& layout,
                                                 std::string_view name_or_path);

/// The directory in that table, or null where this generation of cards has none.
[[nodiscard]] DedicatedFile const* find_directory(CardLayout const& layout, Directory directory);

/// "DF01/EF06".
struct FilePath {
    char text[10];
    [[nodiscard]] std::string_view view() const { return {text, 9}; }
};
[[nodiscard]] FilePath path_of(FilePlace place);

/// How many records a record file holds: one for each occurrence of each item; for a cyclic file
/// its `records`.
[[nodiscard]] std::size_t record_count(ElementaryFile const& file);

/// Bytes of all records of a variable or fixed record file, each with tag and length.
[[nodiscard]] std::size_t records_size(ElementaryFile const& file);

} // namespace apdu
