#include "host/virtual/character_faults.hpp"

#include <algorithm>

namespace virtual_card {

void CharacterFaults::reset() {
    characters_ = 0;
    blocks_ = 0;
}

CharacterFaults::Fate CharacterFaults::next_character() {
    ++characters_;
    Fate fate;
    fate.is_damaged = take_once(FaultKind::parity, characters_).has_value() ||
                      has_from(FaultKind::parity_always, characters_);
    fate.falls_mute = has_from(FaultKind::mute_at, characters_);
    if (auto const babble = from(FaultKind::babble, characters_)) {
        fate.babbles = babble->character;
    }
    fate.is_pulled = take_once(FaultKind::pull_at, characters_).has_value();
    if (auto const flipped = take_once(FaultKind::flipped_bit, characters_)) {
        fate.flipped = static_cast<std::uint8_t>(1U << flipped->bit);
    }
    if (auto const extra = take_once(FaultKind::extra, characters_)) {
        fate.extra = extra->character;
    }
    return fate;
}

bool CharacterFaults::spoils_next_block() {
    return take_once(FaultKind::wrong_code, ++blocks_).has_value();
}

bool CharacterFaults::has_from(FaultKind kind, std::size_t number) const {
    return from(kind, number).has_value();
}

std::optional<Fault> CharacterFaults::from(FaultKind kind, std::size_t number) const {
    auto const found = std::find_if(faults_.begin(), faults_.end(), [&](Fault const& fault) {
        return fault.kind == kind && fault.at.value_or(0) <= number;
    });
    return found == faults_.end() ? std::nullopt : std::optional{*found};
}

std::optional<Fault> CharacterFaults::take_once(FaultKind kind, std::size_t number) {
    auto const found = std::find_if(faults_.begin(), faults_.end(), [&](Fault const& fault) {
        return fault.kind == kind && fault.at == number;
    });
    if (found == faults_.end()) {
        return std::nullopt;
    }
    Fault const taken = *found;
    faults_.erase(found);
    return taken;
}

} // namespace virtual_card
