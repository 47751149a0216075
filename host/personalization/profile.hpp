#pragma once

#include "host/personalization/command_template.hpp"

#include "apdu/card_layout.hpp"
#include "keys/algorithm.hpp"
#include "keys/key_table.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace personalization {

/// The codes of one algorithm of a card operating system.
struct AlgorithmCodes {
    keys::Algorithm algorithm;
    std::uint8_t directory;       ///< in a directory's header
    std::uint8_t key;             ///< of a key of 16 bytes
    std::uint8_t short_key;       ///< of a key of 8 bytes
    DataTemplate environment_fci; ///< the record of the environment (SSSE) in the FCI file
};

/// Type code and record length of a kind of file.
struct FileTypeCode {
    apdu::FileType type;
    std::uint8_t code;
    /// Of its records in CREATE EF; nothing: the length of one whole record.
    std::optional<std::uint8_t> record_length;
};

/// Type code of a kind of key.
struct KeyTypeCode {
    keys::T514KeyType kind;
    std::uint8_t code;
};

using Control = std::array<std::uint8_t, 2>;

/// A file of the operating system's own.
struct InternalFile {
    std::uint16_t fid;
    std::uint8_t sfi;
    std::uint8_t type;
    std::uint8_t record_length;
    Control read_control;
    Control write_control;
    std::optional<apdu::KeyName> writer{}; ///< a key of the directory that write_control asks for
};

/// One thing that the structure stage does for a directory.
enum class Build : std::uint8_t {
    reset,
    change_historical_bytes, ///< only where other ones are asked for
    verify_transport_key,
    select_parent,
    select,
    create,
    create_children, ///< the directories below it
    key_file,        ///< SF
    temporary_mk,
    keys, ///< of the directory, version by version
    pin,
    own_mk,         ///< in place of the temporary one
    directory_file, ///< DIR with its records
    fci_file,       ///< FCI with its records
    authenticate_mk,
    transaction_file, ///< TF, where the directory has one
    files,            ///< its elementary files in their unpersonalized form
    end_stage,
    read_back, ///< what the stage has settled: card id, version, initialising body
};

/// What is done for which directories, in turn: one part of the structure stage.
struct Chapter {
    /// The directories that a chapter is done for.
    enum class For : std::uint8_t { mf, ssse, each_application, all };
    For directories;
    std::span<Build const> builds;
};

/// How access conditions are told in bytes.
struct AccessCodes {
    std::uint8_t free;
    std::uint8_t never;
    std::uint8_t mk;        ///< level of an MK
    std::uint8_t both;      ///< nibble of the SCW: both controls are needed
    std::uint8_t either;    ///< nibble of the SCW: either will do
    std::uint8_t level_max; ///< levels that a directory has for its keys
};

/// How a card operating system is personalized, as data: its commands, codes, internal files and
/// the order of its structure stage. Another operating system is another value. Static lifetime.
struct CosProfile {
    std::string_view name;

    std::span<AlgorithmCodes const> algorithms;
    std::span<FileTypeCode const> file_types;
    std::span<KeyTypeCode const> key_types;
    AccessCodes access;

    InternalFile directory_file;
    InternalFile fci_file;
    InternalFile key_file;
    InternalFile transaction_file;
    std::uint16_t transaction_file_size;
    apdu::Directory transaction_directory; ///< the directory that has a transaction file
    std::uint16_t file_size_reserve;       ///< bytes added to each file
    std::uint16_t record_file_overhead;    ///< bytes added to a file with records

    CommandTemplate verify_transport_key; ///< the proof is the key service's
    CommandTemplate create_mf;
    CommandTemplate create_environment;
    CommandTemplate create_application;
    CommandTemplate create_file;
    CommandTemplate write_fci_record; ///< its data: one of the FCI records
    CommandTemplate end_stage;
    CommandTemplate delete_mf;
    CommandTemplate authenticate_mk; ///< the authentication data are the key service's
    std::span<CommandTemplate const> change_historical_bytes;

    DataTemplate mf_fci;
    DataTemplate application_fci;
    DataTemplate directory_record;          ///< in DIR, of an application with an AID
    DataTemplate nameless_directory_record; ///< of one without
    DataTemplate key_header;

    std::uint8_t own_mk_p1;       ///< P1 of WRITE KEY for the directory's MK
    std::uint8_t other_key_p1;    ///< for every other key
    std::uint8_t structure_piece; ///< bytes of an UPDATE BINARY in the structure stage

    std::span<Chapter const> structure;
};

/// The T514 family (Datang, 2015). cos-t514.md; what is ASSUMED says so in its table.
[[nodiscard]] CosProfile const& t514();

/// The profile of that name ("t514"), or nothing.
[[nodiscard]] CosProfile const* find_profile(std::string_view name);

/// The codes of an algorithm, or nothing where the operating system has none.
[[nodiscard]] AlgorithmCodes const* algorithm_codes(CosProfile const& profile,
                                                    keys::Algorithm algorithm);

/// require: the profile has that type, as every profile has.
[[nodiscard]] FileTypeCode const& file_type_code(CosProfile const& profile, apdu::FileType type);
[[nodiscard]] std::uint8_t key_type_code(CosProfile const& profile, keys::T514KeyType kind);

} // namespace personalization
