#include "host/virtual/selection.hpp"

#include "host/virtual/block.hpp"
#include "host/virtual/commands.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::uint8_t by_name = 0x04;
/// A record of an FCI file: 70 L FID L2, then the FCI.
constexpr std::size_t fci_record_head = 5;

std::optional<std::size_t> find_directory(CardMemory const& memory, auto const& condition) {
    auto const& all = memory.directories;
    auto const found = std::find_if(all.begin(), all.end(), condition);
    if (found == all.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - all.begin());
}

/// A directory by its FID as seen from the current one: below it, itself, the one above, beside it;
/// the MF from anywhere. ISO/IEC 7816-4:2020 §7.3.2.
std::optional<std::size_t> find_directory_by_fid(CardMemory const& memory, std::size_t current,
                                                 std::uint16_t fid) {
    auto const below = [&](std::size_t above) {
        return find_directory(memory, [=](StoredDirectory const& directory) {
            return directory.parent == above && directory.fid == fid;
        });
    };
    if (auto const found = below(current)) {
        return found;
    }
    if (memory.directories[current].fid == fid) {
        return current;
    }
    auto const above = memory.directories[current].parent;
    if (above && memory.directories[*above].fid == fid) {
        return above;
    }
    if (auto const beside = above ? below(*above) : std::nullopt) {
        return beside;
    }
    return fid == mf_fid ? std::optional<std::size_t>{0} : std::nullopt;
}

Answer enter(Card& card, std::optional<std::size_t> directory) {
    if (!directory) {
        return apdu::sw::file_not_found;
    }
    if (auto const refusal = block_of(card.memory(), *directory)) {
        return *refusal;
    }
    enter_directory(card.security(), *directory);
    return fci_of(card.memory(), *directory);
}

Answer select_by_name(Card& card, apdu::ByteView name) {
    if (name.empty() || name.size() > directory_name_size_max) {
        return apdu::sw::wrong_length;
    }
    auto const found = find_directory(card.memory(), [name](StoredDirectory const& directory) {
        return apdu::equal_bytes(directory.name, name);
    });
    return enter(card, found);
}

Answer select_by_fid(Card& card, std::uint16_t fid) {
    auto& state = card.security();
    if (!state.directory) {
        return apdu::sw::file_not_found;
    }
    if (auto const file = find_file_by_fid(card.memory().directories[*state.directory], fid)) {
        if (auto const refusal = block_of(card.memory(), *state.directory)) {
            return *refusal;
        }
        state.file = FileIndex{*state.directory, *file};
        state.record.reset();
        return apdu::sw::success;
    }
    return enter(card, find_directory_by_fid(card.memory(), *state.directory, fid));
}

} // namespace

Bytes fci_of(CardMemory const& memory, std::size_t directory) {
    std::uint16_t const fid = memory.directories[directory].fid;
    for (std::optional<std::size_t> at = directory; at; at = memory.directories[*at].parent) {
        StoredDirectory const& place = memory.directories[*at];
        auto const file = find_file_by_sfi(place, place.fci_sfi);
        if (!file) {
            continue;
        }
        for (Bytes const& record : place.files[*file].records) {
            if (record.size() > fci_record_head && ((record[2] << 8U) | record[3]) == fid) {
                return Bytes{record.begin() + fci_record_head, record.end()};
            }
        }
    }
    return {};
}

std::optional<FileIndex> file_of_sfi(Card const& card, std::uint8_t sfi) {
    CardMemory const& memory = card.memory();
    for (auto at = card.security().directory; at; at = memory.directories[*at].parent) {
        auto const file = find_file_by_sfi(memory.directories[*at], sfi);
        bool const is_current = at == card.security().directory;
        if (file &&
            (is_current || memory.directories[*at].files[*file].kind == FileKind::directory_list)) {
            return FileIndex{*at, *file};
        }
    }
    return std::nullopt;
}

apdu::Result<FileIndex, apdu::StatusWord> choose_file(Card& card, std::uint8_t sfi) {
    auto& state = card.security();
    if (sfi != 0) {
        auto const file = file_of_sfi(card, sfi);
        if (!file) {
            return apdu::sw::file_not_found;
        }
        if (state.file != file) {
            state.file = file;
            state.record.reset();
        }
    }
    if (!state.file) {
        return apdu::sw::no_current_ef;
    }
    return *state.file;
}

Answer select(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.p1 == by_name) {
        return select_by_name(card, command.data);
    }
    if (command.p1 != 0x00 && command.p1 != 0x02) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != 2) {
        return apdu::sw::wrong_length;
    }
    return select_by_fid(card,
                         static_cast<std::uint16_t>((command.data[0] << 8U) | command.data[1]));
}

} // namespace virtual_card
