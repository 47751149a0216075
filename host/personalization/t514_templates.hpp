#pragma once

#include "host/personalization/command_template.hpp"

/// The data fields of the T514 family's own commands. cos-t514.md §3. Only t514_profile.cpp
/// includes them.
namespace personalization::t514_templates {

// CREATE MF: 00 | lock level 00 | create 00, delete FF | algorithm | 3F00 | 01 | 00 | 01 | FCI SFI
// | 0000 | SF SFI | 0000 | name. cos-t514.md §3.
inline constexpr auto create_mf_data = std::to_array<TemplatePart>({
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0xFF),
    value_of(Field::algorithm),
    value_of(Field::fid),
    literal(0x01),
    literal(0x00),
    literal(0x01),
    value_of(Field::fci_file_sfi),
    literal(0x00),
    literal(0x00),
    value_of(Field::key_file_sfi),
    literal(0x00),
    literal(0x00),
    value_of(Field::name),
});

// CREATE DDF: 00 | level of BK | 00 FF | algorithm | FID | 01 | 00 00 | FCI SFI | 00 00 | SF SFI |
// 00 | TF SFI | name.
inline constexpr auto create_environment_data = std::to_array<TemplatePart>({
    literal(0x00),
    value_of(Field::lock_level),
    literal(0x00),
    literal(0xFF),
    value_of(Field::algorithm),
    value_of(Field::fid),
    literal(0x01),
    literal(0x00),
    literal(0x00),
    value_of(Field::fci_file_sfi),
    literal(0x00),
    literal(0x00),
    value_of(Field::key_file_sfi),
    literal(0x00),
    value_of(Field::transaction_file_sfi),
    value_of(Field::name),
});

// CREATE ADF: 00 | level of LK, else 00 | 00 FF | algorithm | FID | 02 | 00 eight times | AID.
inline constexpr auto create_application_data = std::to_array<TemplatePart>({
    literal(0x00),
    value_of(Field::lock_level),
    literal(0x00),
    literal(0xFF),
    value_of(Field::algorithm),
    value_of(Field::fid),
    literal(0x02),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    literal(0x00),
    value_of(Field::name),
});

// CREATE EF: 000000 | size | FID | type | 00 | SFI | SCW | record length | read control | write
// control.
inline constexpr auto create_ef_data = std::to_array<TemplatePart>({
    literal(0x00),
    literal(0x00),
    literal(0x00),
    value_of(Field::file_size),
    value_of(Field::fid),
    value_of(Field::file_type),
    literal(0x00),
    value_of(Field::file_sfi),
    value_of(Field::file_scw),
    value_of(Field::record_length),
    value_of(Field::read_control),
    value_of(Field::write_control),
});

// Type | id | version | EF | error counter | algorithm | level reached | length.
inline constexpr auto key_header_data = std::to_array<TemplatePart>({
    value_of(Field::key_type),
    value_of(Field::key_id),
    value_of(Field::key_version),
    literal(0xEF),
    value_of(Field::error_counter),
    value_of(Field::key_algorithm),
    value_of(Field::key_level),
    value_of(Field::key_length),
});

// FCI records: 70 L | FID | L2 | 6F L3 84 n name, and A5 03 88 01 DIR SFI but for an ADF.
inline constexpr auto mf_fci_data = std::to_array<TemplatePart>({
    literal(0x70),
    length_of_rest(),
    value_of(Field::fid),
    length_of_rest(),
    literal(0x6F),
    length_of_rest(),
    literal(0x84),
    length_of(Field::name),
    value_of(Field::name),
    literal(0xA5),
    length_of_rest(),
    literal(0x88),
    length_of_rest(),
    value_of(Field::directory_file_sfi),
});
inline constexpr auto environment_fci_sm4_data = std::to_array<TemplatePart>({
    literal(0x70),         length_of_rest(),
    value_of(Field::fid),  length_of_rest(),
    literal(0x6F),         length_of_rest(),
    literal(0x84),         length_of(Field::name),
    value_of(Field::name), literal(0xA5),
    length_of_rest(),      literal(0x88),
    literal(0x01),         value_of(Field::directory_file_sfi),
    literal(0x9F),         literal(0x0C),
    length_of_rest(),      literal(0x86),
    literal(0x01),         literal(0x03),
});
inline constexpr auto application_fci_data = std::to_array<TemplatePart>({
    literal(0x70),
    length_of_rest(),
    value_of(Field::fid),
    length_of_rest(),
    literal(0x6F),
    length_of_rest(),
    literal(0x84),
    length_of(Field::name),
    value_of(Field::name),
});

// DIR records: 61 L, 4F AID, 50 label. card.md §1.2.
inline constexpr auto directory_record_data = std::to_array<TemplatePart>({
    literal(0x61),
    length_of_rest(),
    literal(0x4F),
    length_of(Field::name),
    value_of(Field::name),
    literal(0x50),
    length_of(Field::label),
    value_of(Field::label),
});
inline constexpr auto nameless_directory_record_data = std::to_array<TemplatePart>({
    literal(0x61),
    length_of_rest(),
    literal(0x50),
    length_of(Field::label),
    value_of(Field::label),
});

// UPDATE ATR in two commands: 0000 | T8..TD; the first 11 bytes of the ATR.
inline constexpr auto atr_serial_data = std::to_array<TemplatePart>({
    literal(0x00),
    literal(0x00),
    value_of(Field::atr_serial),
});
inline constexpr auto atr_start_data = std::to_array<TemplatePart>({value_of(Field::atr_start)});

inline constexpr auto mf_fid_data = std::to_array<TemplatePart>({literal(0x3F), literal(0x00)});

} // namespace personalization::t514_templates
