#include "host/virtual/blank_structure.hpp"

#include "host/virtual/directory_records.hpp"
#include "host/virtual/key_levels.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <numeric>

namespace virtual_card {
namespace {

/// The operating system's own files; their FIDs and these SFIs are ASSUMED.
constexpr std::uint8_t fci_sfi = 0x1D;
constexpr std::uint8_t key_sfi = 0x1C;
constexpr std::uint8_t transaction_sfi = 0x1B;
constexpr std::uint16_t transaction_size = 0x1F;

using ControlLevels = std::array<std::uint8_t, 2>;

StoredFile internal_file(FileKind kind, std::uint8_t sfi, std::size_t size,
                         std::uint8_t record_length, ControlLevels read, ControlLevels write) {
    return {.fid = sfi,
            .sfi = sfi,
            .kind = kind,
            .size = static_cast<std::uint16_t>(size),
            .scw = 0,
            .record_length = record_length,
            .read_control = read,
            .write_control = write};
}

StoredFile record_list(FileKind kind, std::uint8_t sfi, std::vector<Bytes> records) {
    bool const is_dir = kind == FileKind::directory_list;
    std::size_t const size =
        std::accumulate(records.begin(), records.end(), file_overhead,
                        [](std::size_t sum, Bytes const& record) { return sum + record.size(); });
    StoredFile file = internal_file(kind, sfi, size, 0xFF,
                                    is_dir ? ControlLevels{level_free, level_free}
                                           : ControlLevels{level_never, level_never},
                                    {level_free, level_mk});
    file.records = std::move(records);
    return file;
}

StoredFile key_file(apdu::Directory directory) {
    constexpr std::size_t key_record_size = 0x18;
    std::size_t count = directory == apdu::Directory::ssse ? 2 : 1; // MK, and the PIN
    for (LeveledKey const& key : leveled_keys(directory)) {
        count += key.versions;
    }
    return internal_file(FileKind::internal, key_sfi, count * key_record_size + file_overhead,
                         key_record_size, {level_never, level_never}, {level_free, level_mk});
}

ControlLevels control_of(apdu::Access access, apdu::Directory directory) {
    bool const has_key = access.rule == apdu::AccessRule::key ||
                         access.rule == apdu::AccessRule::pin_or_key ||
                         access.rule == apdu::AccessRule::pin_and_key;
    bool const has_pin = access.rule == apdu::AccessRule::pin ||
                         access.rule == apdu::AccessRule::pin_or_key ||
                         access.rule == apdu::AccessRule::pin_and_key;
    if (access.rule == apdu::AccessRule::never) {
        return {level_never, level_never};
    }
    ControlLevels control{has_pin ? pin_level() : level_free, level_free};
    if (has_key) {
        bool const is_own = apdu::directory_of(access.key) == directory;
        control[is_own ? 1 : 0] = level_of(access.key);
    }
    return control;
}

std::uint8_t scw_nibble(apdu::Access access) {
    return access.rule == apdu::AccessRule::pin_and_key ? scw_both : 0x00;
}

Bytes unpersonalized_cyclic_record(apdu::ElementaryFile const& file) {
    Bytes record;
    for (apdu::Item const& field : file.items) {
        Bytes value(field.size);
        apdu::unpersonalized_value(field, value);
        record.insert(record.end(), value.begin(), value.end());
    }
    return record;
}

void fill(StoredFile& stored, apdu::ElementaryFile const& file) {
    switch (file.type) {
    case apdu::FileType::transparent:
        stored.kind = FileKind::transparent;
        stored.size = file.size;
        stored.content.assign(file.size, 0x00);
        break;
    case apdu::FileType::cyclic:
        stored.kind = FileKind::cyclic;
        stored.record_length = static_cast<std::uint8_t>(file.size);
        stored.size =
            static_cast<std::uint16_t>(std::size_t{file.size} * file.records + file_overhead);
        if (file.write.rule != apdu::AccessRule::never) { // the others fill by use
            stored.records.assign(file.records, unpersonalized_cyclic_record(file));
        }
        break;
    case apdu::FileType::variable_records:
    case apdu::FileType::fixed_records:
        bool const is_fixed = file.type == apdu::FileType::fixed_records;
        stored.kind = is_fixed ? FileKind::fixed_records : FileKind::variable_records;
        stored.size = static_cast<std::uint16_t>(apdu::records_size(file) + file_overhead);
        for (apdu::Item const& item : file.items) {
            stored.records.insert(stored.records.end(), item.occurrences,
                                  unpersonalized_record(item));
        }
        stored.record_length =
            is_fixed ? static_cast<std::uint8_t>(stored.records.front().size()) : 0xFF;
        break;
    }
}

StoredFile elementary_file(apdu::ElementaryFile const& file, apdu::Directory directory) {
    StoredFile stored{
        .fid = file.fid,
        .sfi = file.sfi(),
        .kind = FileKind::internal,
        .size = 0,
        .scw = static_cast<std::uint8_t>((scw_nibble(file.read) << 4U) | scw_nibble(file.write)),
        .record_length = 0,
        .read_control = control_of(file.read, directory),
        .write_control = control_of(file.write, directory)};
    fill(stored, file);
    return stored;
}

StoredDirectory directory_from(apdu::DedicatedFile const& directory) {
    bool const is_environment = directory.directory == apdu::Directory::ssse;
    StoredDirectory stored{.kind = is_environment ? DirectoryKind::ddf : DirectoryKind::adf,
                           .fid = directory.fid,
                           .name = Bytes{directory.name.begin(), directory.name.end()},
                           .parent = is_environment ? 0U : 1U,
                           .lock_level = lock_level(directory.directory)};
    stored.is_open = false;
    if (is_environment) {
        stored.fci_sfi = fci_sfi;
        stored.key_sfi = key_sfi;
        stored.transaction_sfi = transaction_sfi;
    }
    stored.files.push_back(key_file(directory.directory));
    if (directory.directory == apdu::Directory::df04) {
        stored.files.push_back(internal_file(FileKind::internal, transaction_sfi, transaction_size,
                                             0x00, {level_never, level_never},
                                             {level_free, level_of(apdu::KeyName::dsk)}));
        stored.account = MedicalAccount{};
    }
    for (apdu::ElementaryFile const& file : directory.files) {
        if (!file.is_internal) {
            stored.files.push_back(elementary_file(file, directory.directory));
        }
    }
    return stored;
}

StoredDirectory master_file() {
    StoredDirectory mf{.kind = DirectoryKind::mf,
                       .fid = mf_fid,
                       .name = {},
                       .parent = std::nullopt,
                       .lock_level = level_free};
    mf.is_open = false;
    mf.block_reaches_mf = true;
    mf.fci_sfi = fci_sfi;
    mf.key_sfi = key_sfi;
    mf.files.push_back(key_file(apdu::Directory::mf));
    return mf;
}

} // namespace

std::vector<StoredDirectory> blank_directories(CardPlan const& plan,
                                               apdu::CardLayout const& layout) {
    std::vector<StoredDirectory> directories{master_file()};
    std::vector<Bytes> dir_records;
    std::vector<Bytes> fci_records;
    for (apdu::DedicatedFile const& directory : layout.directories) {
        directories.push_back(directory_from(directory));
        fci_records.push_back(fci_record(directories.back(), plan.algorithm));
        if (directory.directory != apdu::Directory::ssse) {
            dir_records.push_back(dir_record(directory));
        }
    }
    StoredDirectory& mf = directories.front();
    mf.files.push_back(
        record_list(FileKind::directory_list, directory_file_sfi, std::move(dir_records)));
    mf.files.push_back(record_list(FileKind::internal, fci_sfi, {fci_record(mf, plan.algorithm)}));
    directories[1].files.push_back(
        record_list(FileKind::internal, fci_sfi, std::move(fci_records)));
    return directories;
}

std::size_t index_of(apdu::CardLayout const& layout, apdu::Directory directory) {
    if (directory == apdu::Directory::mf) {
        return 0;
    }
    for (std::size_t i = 0; i < layout.directories.size(); ++i) {
        if (layout.directories[i].directory == directory) {
            return i + 1;
        }
    }
    apdu::require(false);
    return 0;
}

Bytes unpersonalized_record(apdu::Item const& item) {
    Bytes record(apdu::record_head_size + item.size);
    record[0] = item.tag;
    record[1] = item.size;
    apdu::unpersonalized_value(item, apdu::ByteSpan{record}.subspan(apdu::record_head_size));
    return record;
}

} // namespace virtual_card
