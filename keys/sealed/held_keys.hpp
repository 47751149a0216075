#pragma once

#include "keys/sealed/locked_memory.hpp"

#include "keys/master_key.hpp"

#include <memory>

namespace keys::sealed {

/// Keys that one store may hold: each key of a card's table in each of its versions, for both
/// algorithms, twice over.
inline constexpr std::size_t keys_max = 1024;

/// Master keys in locked memory, wiped with the object. Whoever works with them shares them, so
/// that a store can be locked or changed under work that goes on.
class HeldKeys {
public:
    /// Room for `count` keys. Faults: full, those of LockedMemory.
    [[nodiscard]] static StoreResult<std::shared_ptr<HeldKeys>> with_room(std::size_t count,
                                                                          bool is_test);
    HeldKeys(HeldKeys const&) = delete;
    HeldKeys& operator=(HeldKeys const&) = delete;
    ~HeldKeys();

    /// Takes one more key. require: there is room.
    void add(MasterKey&& key);
    /// For a key service; valid for as long as the object is and no key is added.
    [[nodiscard]] MasterKeySet masters() const { return {{first(), count_}, is_test_}; }

private:
    HeldKeys(LockedMemory memory, std::size_t room, bool is_test)
        : memory_{std::move(memory)}, room_{room}, is_test_{is_test} {}
    [[nodiscard]] MasterKey* first() const;
    LockedMemory memory_;
    std::size_t room_;
    std::size_t count_ = 0;
    bool is_test_;
};

/// The same key again, for a store that goes on without another one.
[[nodiscard]] MasterKey copy_of(MasterKey const& key);

/// True for two keys that cannot be in one store: same name, card algorithm and version.
[[nodiscard]] bool have_one_place(MasterKey const& left, MasterKey const& right);

} // namespace keys::sealed
