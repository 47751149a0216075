#include "host/virtual/commands.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t environment_level = 0x01; ///< MF or DDF
constexpr std::uint8_t application_level = 0x02;
constexpr std::uint8_t file_level = 0x03;

/// Whether `directory` is `root` or stands in it.
bool stands_in(CardMemory const& memory, std::size_t directory, std::size_t root) {
    for (std::optional<std::size_t> at = directory; at; at = memory.directories[*at].parent) {
        if (*at == root) {
            return true;
        }
    }
    return false;
}

/// Takes `root` and all below it out; the indices behind move up.
void erase_directory(CardMemory& memory, std::size_t root) {
    std::vector<StoredDirectory> left;
    std::vector<std::size_t> new_index(memory.directories.size());
    for (std::size_t i = 0; i < memory.directories.size(); ++i) {
        if (stands_in(memory, i, root)) {
            continue;
        }
        new_index[i] = left.size();
        left.push_back(memory.directories[i]);
        if (left.back().parent) {
            left.back().parent = new_index[*left.back().parent];
        }
    }
    memory.directories = std::move(left);
}

/// The MK of `directory` has been proved, or none has been written yet that could be.
bool may_delete_in(Card const& card, std::size_t directory) {
    CardMemory const& memory = card.memory();
    if (!find_key(memory.directories[directory], KeyType::mk, 0x00)) {
        return true;
    }
    return card.security().directory == directory && has_mk_right(memory, card.security());
}

std::optional<std::size_t> find_below(CardMemory const& memory, std::size_t parent,
                                      std::uint16_t fid, DirectoryKind kind) {
    for (std::size_t i = 0; i < memory.directories.size(); ++i) {
        StoredDirectory const& directory = memory.directories[i];
        if (directory.parent == parent && directory.fid == fid && directory.kind == kind) {
            return i;
        }
    }
    return std::nullopt;
}

Answer delete_mf(Card& card) {
    if (!may_delete_in(card, 0)) {
        return apdu::sw::security_status;
    }
    // With the structure goes what was kept in it; the transport key is in force again.
    CardMemory& memory = card.change();
    memory.directories.clear();
    memory.is_blocked = false;
    card.security() = SecurityState{};
    return apdu::sw::success;
}

Answer delete_directory(Card& card, std::size_t current, std::uint16_t fid, DirectoryKind kind) {
    auto const found = find_below(card.memory(), current, fid, kind);
    if (!found) {
        return apdu::sw::file_not_found;
    }
    if (!may_delete_in(card, current)) {
        return apdu::sw::security_status;
    }
    erase_directory(card.change(), *found);
    card.security().file.reset();
    card.security().record.reset();
    return apdu::sw::success;
}

Answer delete_file(Card& card, std::size_t current, std::uint16_t fid) {
    auto const found = find_file_by_fid(card.memory().directories[current], fid);
    if (!found) {
        return apdu::sw::file_not_found;
    }
    if (!may_delete_in(card, current)) {
        return apdu::sw::security_status;
    }
    StoredDirectory& directory = card.change().directories[current];
    StoredFile const& file = directory.files[*found];
    if (file.kind == FileKind::internal && file.record_length == 0x00) {
        directory.account.reset();
    }
    directory.files.erase(directory.files.begin() + static_cast<std::ptrdiff_t>(*found));
    card.security().file.reset();
    card.security().record.reset();
    return apdu::sw::success;
}

} // namespace

Answer delete_structure(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 < environment_level || command.p2 > file_level) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != 2) {
        return apdu::sw::wrong_length;
    }
    auto const current = card.security().directory;
    if (!current) {
        return apdu::sw::file_not_found;
    }
    auto const fid = static_cast<std::uint16_t>((command.data[0] << 8U) | command.data[1]);
    if (command.p2 == file_level) {
        return delete_file(card, *current, fid);
    }
    if (command.p2 == application_level) {
        return delete_directory(card, *current, fid, DirectoryKind::adf);
    }
    if (fid == card.memory().directories.front().fid) {
        return *current == 0 ? delete_mf(card) : Answer{apdu::sw::conditions_not_satisfied};
    }
    return delete_directory(card, *current, fid, DirectoryKind::ddf);
}

} // namespace virtual_card
