#include "host/personalization/file_form.hpp"

#include "host/personalization/directory_keys.hpp"

#include "apdu/record.hpp"

namespace personalization {
namespace {

using apdu::AccessRule;
using apdu::FileType;

std::uint16_t as_size(std::size_t size) {
    apdu::require(size <= 0xFFFF);
    return static_cast<std::uint16_t>(size);
}

/// The level of a key as a control of a file in `directory`: in the first byte where the key is one
/// of the directory above, in the second where it is the directory's own.
Control key_control(apdu::KeyName key, apdu::Directory directory, std::uint8_t first,
                    AccessCodes const& codes) {
    if (apdu::directory_of(key) == directory) {
        return {first, level_of(key)};
    }
    apdu::require(first == codes.free); // the tables never ask for a PIN and a key of SSSE
    return {level_of(key), codes.free};
}

Control control_of(apdu::Access access, apdu::Directory directory, AccessCodes const& codes) {
    switch (access.rule) {
    case AccessRule::free:
        return {codes.free, codes.free};
    case AccessRule::never:
        return {codes.never, codes.never};
    case AccessRule::pin:
        return {pin_level(), codes.free};
    case AccessRule::key:
        return key_control(access.key, directory, codes.free, codes);
    case AccessRule::pin_or_key:
    case AccessRule::pin_and_key:
        return key_control(access.key, directory, pin_level(), codes);
    }
    return {codes.never, codes.never};
}

/// Both controls, or one of them.
std::uint8_t scw_nibble(apdu::Access access, AccessCodes const& codes) {
    return access.rule == AccessRule::pin_and_key ? codes.both : codes.either;
}

std::size_t content_size(apdu::ElementaryFile const& file) {
    switch (file.type) {
    case FileType::transparent:
        return file.size;
    case FileType::cyclic:
        return std::size_t{file.size} * file.records;
    case FileType::variable_records:
    case FileType::fixed_records:
        return apdu::records_size(file);
    }
    return 0;
}

/// Of a file whose records all have one length: tag, length and value, or the fields of a cyclic
/// record.
std::uint8_t whole_record_length(apdu::ElementaryFile const& file) {
    std::size_t const size = file.type == FileType::cyclic
                                 ? file.size
                                 : apdu::record_head_size + file.items.front().size;
    apdu::require(size <= 0xFF);
    return static_cast<std::uint8_t>(size);
}

} // namespace

FileForm form_of(apdu::FilePlace place, CosProfile const& profile) {
    apdu::ElementaryFile const& file = *place.file;
    FileTypeCode const& code = file_type_code(profile, file.type);
    std::size_t const overhead =
        file.type == FileType::transparent ? 0 : profile.record_file_overhead;
    return {
        .fid = file.fid,
        .sfi = file.sfi(),
        .type = code.code,
        .size = as_size(content_size(file) + profile.file_size_reserve + overhead),
        .record_length = code.record_length ? *code.record_length : whole_record_length(file),
        .scw = static_cast<std::uint8_t>((scw_nibble(file.read, profile.access) << 4U) |
                                         scw_nibble(file.write, profile.access)),
        .read_control = control_of(file.read, place.directory->directory, profile.access),
        .write_control = control_of(file.write, place.directory->directory, profile.access),
    };
}

FileForm form_of(InternalFile const& file, std::size_t content_size, CosProfile const& profile) {
    bool const has_records = file.record_length != 0;
    std::size_t const overhead =
        has_records ? std::size_t{profile.file_size_reserve} + profile.record_file_overhead : 0;
    Control write_control = file.write_control;
    if (file.writer) {
        write_control[1] = level_of(*file.writer);
    }
    return {
        .fid = file.fid,
        .sfi = file.sfi,
        .type = file.type,
        .size = as_size(content_size + overhead),
        .record_length = file.record_length,
        .scw = 0,
        .read_control = file.read_control,
        .write_control = write_control,
    };
}

std::vector<std::uint8_t> create_file_data(FileForm const& form, CosProfile const& profile) {
    FieldValues values;
    values.set_number(Field::file_size, form.size)
        .set_number(Field::fid, form.fid)
        .set(Field::file_type, {form.type})
        .set(Field::file_sfi, {form.sfi})
        .set(Field::file_scw, {form.scw})
        .set(Field::record_length, {form.record_length})
        .set(Field::read_control, form.read_control)
        .set(Field::write_control, form.write_control);
    return fill(profile.create_file.data, values);
}

} // namespace personalization
