#include "keys/sealed/held_keys.hpp"

#include <algorithm>
#include <new>

namespace keys::sealed {

StoreResult<std::shared_ptr<HeldKeys>> HeldKeys::with_room(std::size_t count, bool is_test) {
    if (count > keys_max) {
        return StoreFault{StoreFaultCode::full, std::to_string(keys_max)};
    }
    auto memory = LockedMemory::take(std::max(count, std::size_t{1}) * sizeof(MasterKey));
    if (!memory.ok()) {
        return memory.error();
    }
    return std::shared_ptr<HeldKeys>{new HeldKeys{std::move(memory).value(), count, is_test}};
}

HeldKeys::~HeldKeys() { std::destroy_n(first(), count_); }

void HeldKeys::add(MasterKey&& key) {
    apdu::require(count_ < room_);
    new (memory_.bytes().data() + count_ * sizeof(MasterKey)) MasterKey{std::move(key)};
    ++count_;
}

MasterKey* HeldKeys::first() const {
    return std::launder(reinterpret_cast<MasterKey*>(memory_.bytes().data()));
}

MasterKey copy_of(MasterKey const& key) {
    return {key.name, key.version, key.tier, key.secret.duplicate()};
}

bool have_one_place(MasterKey const& left, MasterKey const& right) {
    return left.name == right.name && left.version == right.version &&
           card_algorithm(left.secret.kind()) == card_algorithm(right.secret.kind());
}

} // namespace keys::sealed
