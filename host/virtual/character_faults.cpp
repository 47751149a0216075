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
    fate.is_damaged =
        take_once(FaultKind::parity, characters_) || is_from(FaultKind::parity_always, characters_);
    fate.falls_mute = is_from(FaultKind::mute_at, characters_);
    fate.babbles = is_from(FaultKind::babble, characters_);
    fate.is_pulled = take_once(FaultKind::pull_at, characters_);
    return fate;
}

bool CharacterFaults::spoils_next_block() { return take_once(FaultKind::wrong_code, ++blocks_); }

bool CharacterFaults::has(FaultKind kind) const {
    return std::any_of(faults_.begin(), faults_.end(),
                       [&](Fault const& fault) { return fault.kind == kind; });
}

bool CharacterFaults::is_from(FaultKind kind, std::size_t number) const {
    return std::any_of(faults_.begin(), faults_.end(), [&](Fault const& fault) {
        return fault.kind == kind && fault.at.value_or(0) <= number;
    });
}

bool CharacterFaults::take_once(FaultKind kind, std::size_t number) {
    return std::erase_if(faults_, [&](Fault const& fault) {
               return fault.kind == kind && fault.at == number;
           }) != 0;
}

} // namespace virtual_card
