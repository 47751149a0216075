#include "host/virtual/block.hpp"

#include "host/virtual/commands.hpp"
#include "host/virtual/secure_messaging.hpp"

namespace virtual_card {
namespace {

/// The key that a directory's lock level is of: LK of an application, BK of the environment.
std::optional<KeyIndex> find_lock_key(CardMemory const& memory, std::size_t at) {
    StoredDirectory const& directory = memory.directories[at];
    for (std::size_t i = 0; i < directory.keys.size(); ++i) {
        if (directory.lock_level != level_free && directory.keys[i].level == directory.lock_level) {
            return KeyIndex{at, i};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<apdu::StatusWord> block_of(CardMemory const& memory, std::size_t directory) {
    bool const is_mf = memory.directories[directory].kind == DirectoryKind::mf;
    if (memory.is_blocked && (!is_mf || memory.directories[directory].block_reaches_mf)) {
        return apdu::sw::function_not_supported;
    }
    for (std::optional<std::size_t> at = directory; at; at = memory.directories[*at].parent) {
        if (memory.directories[*at].is_blocked) {
            return apdu::sw::application_blocked;
        }
    }
    return std::nullopt;
}

std::optional<apdu::StatusWord> refusal_by_block(Card const& card, CardCommand const& command) {
    CardMemory const& memory = card.memory();
    if (memory.is_blocked && memory.directories.front().block_reaches_mf) {
        return apdu::sw::function_not_supported;
    }
    if (!card.security().directory || command.ins == apdu::Ins::select) {
        return std::nullopt;
    }
    return block_of(memory, *card.security().directory);
}

Answer block_application(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x01) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != mac_size) {
        return apdu::sw::wrong_length;
    }
    auto const& state = card.security();
    if (!state.directory) {
        return apdu::sw::key_not_found;
    }
    // The STK blocks (card.md §3.1); an application's LK does where it has one (ASSUMED).
    std::size_t const directory = *state.directory;
    auto const stk = find_stk(card.memory(), directory);
    bool const is_application = card.memory().directories[directory].kind == DirectoryKind::adf;
    auto const lock = is_application ? find_lock_key(card.memory(), directory) : std::nullopt;
    auto refusal = check_mac(card, command, stk);
    if (refusal && lock) {
        refusal = check_mac(card, command, lock);
    }
    if (refusal) {
        return *refusal;
    }
    card.change().directories[directory].is_blocked = true;
    return apdu::sw::success;
}

Answer block_card(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != mac_size) {
        return apdu::sw::wrong_length;
    }
    auto const environment = environment_of_current(card);
    auto const bk = environment ? find_lock_key(card.memory(), *environment) : std::nullopt;
    if (auto const refusal = check_mac(card, command, bk)) {
        return *refusal;
    }
    card.change().is_blocked = true;
    return apdu::sw::success;
}

} // namespace virtual_card
