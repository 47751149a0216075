#include "host/virtual/commands.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t create_header_size = 16;
constexpr std::uint8_t type_ddf = 0x01;
constexpr std::uint8_t type_adf = 0x02;

constexpr std::uint8_t internal_transactions = 0x00; ///< record length of a TF
constexpr std::size_t account_size = 20;

std::uint16_t number_at(apdu::ByteView bytes, std::size_t at) {
    return static_cast<std::uint16_t>((bytes[at] << 8U) | bytes[at + 1]);
}

/// Creating and deleting is free while the directory's stage is open; then its MK must be proved.
bool may_create(Card const& card) {
    auto const& state = card.security();
    return card.memory().directories[*state.directory].is_open ||
           has_mk_right(card.memory(), state);
}

std::uint8_t algorithm_byte(CardMemory const& memory) {
    return memory.algorithm == keys::Algorithm::sm4 ? algorithm_sm4 : algorithm_des;
}

/// CREATE's header of any directory; cos-t514.md §3.
struct DirectoryHeader {
    std::uint8_t lock_level;
    std::uint8_t algorithm;
    std::uint16_t fid;
    std::uint8_t type;
    std::uint8_t block_flag;
    std::uint8_t fci_sfi;
    std::uint8_t key_sfi;
    std::uint8_t transaction_sfi;
    apdu::ByteView name;
};

std::optional<DirectoryHeader> parse_directory_header(apdu::ByteView data) {
    bool const has_permissions = data[0] == 0x00 && data[2] == 0x00 && data[3] == 0xFF;
    if (!has_permissions || data.size() > create_header_size + directory_name_size_max) {
        return std::nullopt;
    }
    DirectoryHeader header{.lock_level = data[1],
                           .algorithm = data[4],
                           .fid = number_at(data, 5),
                           .type = data[7],
                           .block_flag = 0,
                           .fci_sfi = 0,
                           .key_sfi = 0,
                           .transaction_sfi = 0,
                           .name = data.subspan(create_header_size)};
    if (header.type == type_ddf) { // MF and DDF; an ADF's header ends with zeros
        header.block_flag = data[9];
        header.fci_sfi = data[10];
        header.key_sfi = data[13];
        header.transaction_sfi = data[15];
    }
    return header;
}

StoredDirectory directory_from(DirectoryHeader const& header, DirectoryKind kind,
                               std::optional<std::size_t> parent) {
    StoredDirectory directory{.kind = kind,
                              .fid = header.fid,
                              .name = Bytes{header.name.begin(), header.name.end()},
                              .parent = parent,
                              .lock_level = header.lock_level};
    directory.block_reaches_mf = header.block_flag == 0x01;
    directory.fci_sfi = header.fci_sfi;
    directory.key_sfi = header.key_sfi;
    directory.transaction_sfi = header.transaction_sfi;
    return directory;
}

Answer create_mf(Card& card, DirectoryHeader const& header) {
    if (!card.memory().directories.empty() || header.fid != mf_fid || header.type != type_ddf) {
        return apdu::sw::wrong_data;
    }
    if (!card.security().transport_key_verified) {
        return apdu::sw::security_status;
    }
    card.change().directories.push_back(directory_from(header, DirectoryKind::mf, std::nullopt));
    enter_directory(card.security(), 0);
    return apdu::sw::success;
}

bool has_fid(CardMemory const& memory, std::size_t parent, std::uint16_t fid) {
    for (StoredDirectory const& directory : memory.directories) {
        if (directory.parent == parent && directory.fid == fid) {
            return true;
        }
    }
    return fid == mf_fid || find_file_by_fid(memory.directories[parent], fid).has_value();
}

bool has_name(CardMemory const& memory, apdu::ByteView name) {
    for (StoredDirectory const& directory : memory.directories) {
        if (!name.empty() && apdu::equal_bytes(directory.name, name)) {
            return true;
        }
    }
    return false;
}

Answer create_directory(Card& card, apdu::ByteView data) {
    auto const header = parse_directory_header(data);
    CardMemory const& memory = card.memory();
    if (!header || header->algorithm != algorithm_byte(memory)) {
        return apdu::sw::wrong_data;
    }
    auto const current = card.security().directory;
    if (!current) {
        return create_mf(card, *header);
    }
    if (!may_create(card)) {
        return apdu::sw::security_status;
    }
    // A DDF stands in the MF, an ADF in a DDF. card.md §1.1.
    auto const kind = header->type == type_ddf ? DirectoryKind::ddf : DirectoryKind::adf;
    auto const above = kind == DirectoryKind::ddf ? DirectoryKind::mf : DirectoryKind::ddf;
    if (memory.directories[*current].kind != above) {
        return apdu::sw::conditions_not_satisfied;
    }
    if (has_fid(memory, *current, header->fid) || has_name(memory, header->name)) {
        return apdu::sw::wrong_data;
    }
    CardMemory grown = memory;
    grown.directories.push_back(directory_from(*header, kind, current));
    if (memory_size(grown) > memory_size_max) {
        return apdu::sw::no_space;
    }
    card.change() = std::move(grown);
    return apdu::sw::success;
}

std::optional<StoredFile> parse_file_header(apdu::ByteView data) {
    bool const starts_with_zeros = data[0] == 0x00 && data[1] == 0x00 && data[2] == 0x00;
    if (!starts_with_zeros || data[8] != 0x00 || data[9] > sfi_max) {
        return std::nullopt;
    }
    StoredFile file{.fid = number_at(data, 5),
                    .sfi = data[9],
                    .kind = static_cast<FileKind>(data[7]),
                    .size = number_at(data, 3),
                    .scw = data[10],
                    .record_length = data[11],
                    .read_control = {data[12], data[13]},
                    .write_control = {data[14], data[15]}};
    bool const is_sized = file.kind == FileKind::fixed_records || file.kind == FileKind::cyclic;
    if (file.size == 0 || (is_sized && record_capacity(file) == 0)) {
        return std::nullopt;
    }
    if (file.kind == FileKind::transparent) {
        file.content.assign(file.size, 0x00);
    }
    return file;
}

bool is_transaction_file(StoredFile const& file) {
    return file.kind == FileKind::internal && file.record_length == internal_transactions;
}

Answer create_file(Card& card, apdu::ByteView data) {
    auto const current = card.security().directory;
    if (!current) {
        return apdu::sw::conditions_not_satisfied;
    }
    if (!may_create(card)) {
        return apdu::sw::security_status;
    }
    auto file = data.size() == create_header_size ? parse_file_header(data) : std::nullopt;
    CardMemory const& memory = card.memory();
    if (!file || has_fid(memory, *current, file->fid) ||
        find_file_by_sfi(memory.directories[*current], file->sfi)) {
        return apdu::sw::wrong_data;
    }
    CardMemory grown = memory;
    StoredDirectory& directory = grown.directories[*current];
    if (is_transaction_file(*file)) {
        if (file->size < account_size || directory.account) {
            return apdu::sw::wrong_data;
        }
        directory.account = MedicalAccount{};
    }
    directory.files.push_back(std::move(*file));
    if (memory_size(grown) > memory_size_max) {
        return apdu::sw::no_space;
    }
    card.change() = std::move(grown);
    return apdu::sw::success;
}

} // namespace

Answer create(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() < create_header_size) {
        return apdu::sw::wrong_length;
    }
    switch (static_cast<FileKind>(command.data[7])) {
    case FileKind::internal:
    case FileKind::transparent:
    case FileKind::fixed_records:
    case FileKind::variable_records:
    case FileKind::cyclic:
    case FileKind::directory_list:
        return create_file(card, command.data);
    }
    if (command.data[7] == type_ddf || command.data[7] == type_adf) {
        return create_directory(card, command.data);
    }
    return apdu::sw::wrong_data;
}

Answer end_stage(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (!command.data.empty()) {
        return apdu::sw::wrong_length;
    }
    auto const current = card.security().directory;
    if (!current || !card.memory().directories[*current].is_open) {
        return apdu::sw::conditions_not_satisfied;
    }
    card.change().directories[*current].is_open = false;
    return apdu::sw::success;
}

} // namespace virtual_card
