#include "host/personalization/directory_keys.hpp"

#include "apdu/require.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace personalization {
namespace {

using apdu::Directory;
using apdu::KeyName;

/// A nibble doubled: 11 for the first. require: `index` is one of 14.
std::uint8_t level_at(std::size_t index) {
    apdu::require(index < 14);
    return static_cast<std::uint8_t>((index + 1) * 0x11);
}

struct LockKey {
    Directory directory;
    KeyName key;
};

// card.md §3.1.
constexpr auto lock_keys = std::to_array<LockKey>({
    {Directory::ssse, KeyName::bk},
    {Directory::df03, KeyName::lk_df03},
    {Directory::df04, KeyName::lk_df04},
    {Directory::df06, KeyName::lk_df06},
});

} // namespace

std::vector<LeveledKey> keys_of(Directory directory) {
    std::vector<LeveledKey> found;
    for (keys::KeyRow const& row : keys::key_table()) {
        bool const is_mk = row.t514_type == keys::T514KeyType::mk;
        if (!is_mk && row.card_id && apdu::directory_of(row.name) == directory) {
            found.push_back({row.name, *row.card_id, row.groups, 0, row.t514_type});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](auto const& left, auto const& right) { return left.id < right.id; });
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i].level = level_at(i);
    }
    return found;
}

std::uint8_t level_of(KeyName name) {
    auto const keys = keys_of(apdu::directory_of(name));
    auto const found = std::find_if(keys.begin(), keys.end(),
                                    [name](auto const& key) { return key.name == name; });
    apdu::require(found != keys.end());
    return found->level;
}

std::uint8_t pin_level() { return level_at(keys_of(Directory::ssse).size()); }

std::uint8_t lock_level(Directory directory, CosProfile const& profile) {
    auto const* const row =
        std::find_if(lock_keys.begin(), lock_keys.end(),
                     [directory](LockKey const& lock) { return lock.directory == directory; });
    if (row == lock_keys.end() || !keys::key_row(row->key).card_id) {
        return profile.access.free;
    }
    return level_of(row->key);
}

} // namespace personalization
