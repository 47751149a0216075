#include "host/personalization/t514_templates.hpp"

#include "host/personalization/profile.hpp"

namespace personalization {
namespace {

using apdu::Cla;
using apdu::Directory;
using apdu::FileType;
using apdu::Ins;
using apdu::KeyName;
using keys::Algorithm;
using keys::T514KeyType;

using namespace t514_templates;

constexpr auto no_parameter = literal(0x00);

constexpr auto change_historical_bytes_commands = std::to_array<CommandTemplate>({
    {Cla::proprietary, Ins::t514_structure, literal(0x05), no_parameter, atr_serial_data},
    {Cla::interindustry, Ins::t514_historical_bytes, no_parameter, no_parameter, atr_start_data},
});

constexpr auto algorithms = std::to_array<AlgorithmCodes>({
    // algorithm, in a directory's header, of a 16-byte key, of an 8-byte key, FCI record of SSSE
    {Algorithm::des3, 0x01, 0x00, 0x01, mf_fci_data},
    {Algorithm::sm4, 0x03, 0x03, 0x03, environment_fci_sm4_data}, // ASSUMED
});

constexpr auto file_types = std::to_array<FileTypeCode>({
    {FileType::transparent, 0xC4, 0x00},
    {FileType::fixed_records, 0xC5, std::nullopt},
    {FileType::variable_records, 0xC6, 0xFF},
    {FileType::cyclic, 0xC7, std::nullopt},
});

constexpr auto key_types = std::to_array<KeyTypeCode>({
    {T514KeyType::mk, 0x00},
    {T514KeyType::pin, 0x01},
    {T514KeyType::stk, 0x07},
    {T514KeyType::dlk, 0x08},
    {T514KeyType::dpk, 0x09},
    {T514KeyType::dtk, 0x0A},
    {T514KeyType::external_authentication, 0x0D},
    {T514KeyType::irk, 0x0E},
});

// The order of the structure stage. cos-t514.md §4; the temporary MK and its replacement: card.md
// §5. Other historical bytes are set before all else, and proved anew after a reset.
constexpr auto mf_builds = std::to_array<Build>({
    Build::reset,
    Build::change_historical_bytes,
    Build::verify_transport_key,
    Build::create,
    Build::key_file,
    Build::temporary_mk,
    Build::own_mk,
    Build::directory_file,
    Build::fci_file,
    Build::authenticate_mk,
});
constexpr auto ssse_builds = std::to_array<Build>({
    Build::select_parent,
    Build::create,
    Build::select,
    Build::key_file,
    Build::temporary_mk,
    Build::keys,
    Build::pin,
    Build::own_mk,
    Build::fci_file,
    Build::authenticate_mk,
});
constexpr auto ssse_content_builds = std::to_array<Build>({
    Build::select,
    Build::create_children,
    Build::files,
});
constexpr auto application_builds = std::to_array<Build>({
    Build::select,
    Build::key_file,
    Build::temporary_mk,
    Build::keys,
    Build::own_mk,
    Build::authenticate_mk,
    Build::transaction_file,
    Build::files,
});
constexpr auto end_builds = std::to_array<Build>({Build::select, Build::end_stage});
// Not in §4: what was settled for good is looked at once the access rules hold.
constexpr auto check_builds = std::to_array<Build>({Build::select, Build::read_back});
constexpr auto structure_chapters = std::to_array<Chapter>({
    {Chapter::For::mf, mf_builds},
    {Chapter::For::ssse, ssse_builds},
    {Chapter::For::ssse, ssse_content_builds},
    {Chapter::For::each_application, application_builds},
    {Chapter::For::all, end_builds},
    {Chapter::For::ssse, check_builds},
});

constexpr CosProfile profile{
    .name = "t514",
    .algorithms = algorithms,
    .file_types = file_types,
    .key_types = key_types,
    .access = {.free = 0x00, .never = 0xEF, .mk = 0xFF, .both = 4, .either = 0, .level_max = 14},
    // FIDs of all four, and the SFIs of FCI, SF and TF, are ASSUMED.
    .directory_file = {0x001E, 0x1E, 0xD6, 0xFF, {0x00, 0x00}, {0x00, 0xFF}},
    .fci_file = {0x001D, 0x1D, 0xC3, 0xFF, {0xEF, 0xEF}, {0x00, 0xFF}},
    .key_file = {0x001C, 0x1C, 0xC3, 0x18, {0xEF, 0xEF}, {0x00, 0xFF}},
    .transaction_file = {0x001B, 0x1B, 0xC3, 0x00, {0xEF, 0xEF}, {0x00, 0x00}, KeyName::dsk},
    .transaction_file_size = 0x001F,
    .transaction_directory = Directory::df04,
    .file_size_reserve = 0, // ASSUMED
    .record_file_overhead = 2,
    .verify_transport_key = {Cla::proprietary, Ins::t514_structure, literal(0x03), no_parameter},
    .create_mf = {Cla::proprietary, Ins::t514_structure, literal(0x01), no_parameter,
                  create_mf_data},
    .create_environment = {Cla::proprietary, Ins::t514_structure, literal(0x01), no_parameter,
                           create_environment_data},
    .create_application = {Cla::proprietary, Ins::t514_structure, literal(0x01), no_parameter,
                           create_application_data},
    .create_file = {Cla::proprietary, Ins::t514_structure, literal(0x01), no_parameter,
                    create_ef_data},
    .write_fci_record = {Cla::interindustry, Ins::t514_fci_record, value_of(Field::record_number),
                         value_of(Field::fci_file_sfi)},
    .end_stage = {Cla::proprietary, Ins::t514_structure, literal(0x02), no_parameter},
    .delete_mf = {Cla::proprietary, Ins::t514_delete, no_parameter, literal(0x01), mf_fid_data},
    .authenticate_mk = {Cla::interindustry, Ins::external_authenticate, no_parameter, no_parameter},
    .change_historical_bytes = change_historical_bytes_commands,
    .mf_fci = mf_fci_data,
    .application_fci = application_fci_data,
    .directory_record = directory_record_data,
    .nameless_directory_record = nameless_directory_record_data,
    .key_header = key_header_data,
    .own_mk_p1 = 0x01,
    .other_key_p1 = 0x00,
    .structure_piece = 0x80,
    .structure = structure_chapters,
};

} // namespace

CosProfile const& t514() { return profile; }

} // namespace personalization
