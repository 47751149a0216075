#include "keys/sealed/held_keys.hpp"

#include <algorithm>

namespace keys::sealed {

StoreResult<std::shared_ptr<HeldKeys>> HeldKeys::with_room(KeyCounts const& counts, bool is_test) {
    if (counts.cards > keys_max) {
        return StoreFault{StoreFaultCode::full, std::to_string(keys_max)};
    }
    if (counts.bdks + counts.transport_keys > terminal_keys_max) {
        return StoreFault{StoreFaultCode::full, std::to_string(terminal_keys_max)};
    }
    auto cards = LockedArray<MasterKey>::with_room(counts.cards);
    auto bdks = LockedArray<TerminalBdk>::with_room(counts.bdks);
    auto transport_keys = LockedArray<TerminalTransportKey>::with_room(counts.transport_keys);
    if (!cards.ok() || !bdks.ok() || !transport_keys.ok()) {
        return !cards.ok() ? cards.error() : !bdks.ok() ? bdks.error() : transport_keys.error();
    }
    return std::shared_ptr<HeldKeys>{new HeldKeys{std::move(cards).value(), std::move(bdks).value(),
                                                  std::move(transport_keys).value(), is_test}};
}

bool HeldKeys::has_place_of(MasterKey const& key) const {
    auto const keys = cards_.values();
    return std::any_of(keys.begin(), keys.end(),
                       [&key](MasterKey const& other) { return have_one_place(other, key); });
}

bool HeldKeys::has_place_of(TerminalKeyPlace const& place) const {
    auto const is_there = [&place](auto const& key) { return place_of(key) == place; };
    auto const bdks = bdks_.values();
    auto const transport_keys = transport_keys_.values();
    return std::any_of(bdks.begin(), bdks.end(), is_there) ||
           std::any_of(transport_keys.begin(), transport_keys.end(), is_there);
}

bool have_one_place(MasterKey const& left, MasterKey const& right) {
    return left.name == right.name && left.version == right.version &&
           card_algorithm(left.secret.kind()) == card_algorithm(right.secret.kind());
}

} // namespace keys::sealed
