#include "host/virtual/security_state.hpp"

namespace virtual_card {
namespace {

bool is_environment(CardMemory const& memory, SecurityState const& state) {
    return state.directory && memory.directories[*state.directory].kind == DirectoryKind::ddf;
}

/// True when `level` is the PIN's and the environment's stored PIN is empty.
bool is_level_of_empty_pin(CardMemory const& memory, std::size_t directory, std::uint8_t level) {
    auto const environment = environment_of(memory, directory);
    if (!environment) {
        return false;
    }
    StoredDirectory const& place = memory.directories[*environment];
    auto const pin = find_key(place, KeyType::pin, 0);
    return pin && place.keys[*pin].level == level && place.keys[*pin].value.empty();
}

/// One control byte: not asked for, or reached or not.
std::optional<bool> is_met(std::uint8_t control, Levels const& reached) {
    if (control == level_free) {
        return std::nullopt;
    }
    return control != level_never && reached[control];
}

} // namespace

void enter_directory(SecurityState& state, std::size_t directory) {
    if (state.directory != directory) {
        state.global.reset();
        state.local.reset();
        state.transaction.reset();
    }
    state.directory = directory;
    state.file.reset();
    state.record.reset();
}

Levels const& own_levels(CardMemory const& memory, SecurityState const& state) {
    return is_environment(memory, state) ? state.global : state.local;
}

Levels& own_levels(CardMemory const& memory, SecurityState& state) {
    return is_environment(memory, state) ? state.global : state.local;
}

bool has_mk_right(CardMemory const& memory, SecurityState const& state) {
    return own_levels(memory, state)[level_mk];
}

bool may(CardMemory const& memory, SecurityState const& state, FileIndex place,
         Operation operation) {
    StoredDirectory const& directory = memory.directories[place.directory];
    if (directory.is_open) {
        return true;
    }
    StoredFile const& file = directory.files[place.file];
    bool const reads = operation == Operation::read;
    auto const& control = reads ? file.read_control : file.write_control;
    std::uint8_t const condition = reads ? file.scw >> 4U : file.scw & 0x0FU;

    auto upper = is_met(control[0], state.global);
    if (upper && is_level_of_empty_pin(memory, place.directory, control[0])) {
        upper = true;
    }
    bool const is_current = state.directory == place.directory;
    auto const own = is_met(control[1], is_current ? own_levels(memory, state) : Levels{});
    if (!upper && !own) {
        return true;
    }
    if (condition == scw_both) {
        return upper.value_or(true) && own.value_or(true);
    }
    return upper.value_or(false) || own.value_or(false);
}

} // namespace virtual_card
