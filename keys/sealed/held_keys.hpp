#pragma once

#include "keys/sealed/locked_array.hpp"

#include "keys/sealed/key_bundle.hpp"

#include <memory>

namespace keys::sealed {

/// Master keys that one store may hold: each key of a card's table in each of its versions, for
/// both algorithms, twice over. And keys of terminals, BDKs and transport keys together.
inline constexpr std::size_t keys_max = 1024;
inline constexpr std::size_t terminal_keys_max = 512;

/// How many keys of each kind.
struct KeyCounts {
    std::size_t cards = 0;
    std::size_t bdks = 0;
    std::size_t transport_keys = 0;
};

/// Keys in locked memory, wiped with the object. Whoever works with them shares them, so that a
/// store can be locked or changed under work that goes on.
class HeldKeys {
public:
    /// Room for so many keys. Faults: full, those of LockedMemory.
    [[nodiscard]] static StoreResult<std::shared_ptr<HeldKeys>> with_room(KeyCounts const& counts,
                                                                          bool is_test);
    HeldKeys(HeldKeys const&) = delete;
    HeldKeys& operator=(HeldKeys const&) = delete;
    ~HeldKeys() = default;

    /// Each takes one more key. require: there is room.
    void add(MasterKey&& key) { cards_.add(std::move(key)); }
    void add(TerminalBdk&& key) { bdks_.add(std::move(key)); }
    void add(TerminalTransportKey&& key) { transport_keys_.add(std::move(key)); }

    /// For a key service; valid for as long as the object is and no key is added.
    [[nodiscard]] MasterKeySet masters() const {
        return {cards_.values(), is_test_, {bdks_.values(), transport_keys_.values()}};
    }
    /// True where a key of that one's place is there.
    [[nodiscard]] bool has_place_of(MasterKey const& key) const;
    [[nodiscard]] bool has_place_of(TerminalKeyPlace const& place) const;

private:
    HeldKeys(LockedArray<MasterKey> cards, LockedArray<TerminalBdk> bdks,
             LockedArray<TerminalTransportKey> transport_keys, bool is_test)
        : cards_{std::move(cards)}, bdks_{std::move(bdks)},
          transport_keys_{std::move(transport_keys)}, is_test_{is_test} {}
    LockedArray<MasterKey> cards_;
    LockedArray<TerminalBdk> bdks_;
    LockedArray<TerminalTransportKey> transport_keys_;
    bool is_test_;
};

/// True for two keys that cannot be in one store: same name, card algorithm and version.
[[nodiscard]] bool have_one_place(MasterKey const& left, MasterKey const& right);

} // namespace keys::sealed
