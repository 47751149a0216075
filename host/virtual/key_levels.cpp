#include "host/virtual/key_levels.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr unsigned level_step = 0x11;

std::uint8_t nth_level(std::size_t number) {
    apdu::require(number < 0x0F);
    return static_cast<std::uint8_t>(number * level_step);
}

std::optional<apdu::KeyName> lock_key(apdu::Directory directory) {
    switch (directory) {
    case apdu::Directory::ssse:
        return apdu::KeyName::bk;
    case apdu::Directory::df03:
        return apdu::KeyName::lk_df03;
    case apdu::Directory::df04:
        return apdu::KeyName::lk_df04;
    default:
        return std::nullopt;
    }
}

} // namespace

std::vector<LeveledKey> leveled_keys(apdu::Directory directory) {
    std::vector<LeveledKey> keys;
    for (keys::KeyRow const& row : keys::key_table()) {
        if (row.card_id && row.t514_type != KeyType::mk &&
            apdu::directory_of(row.name) == directory) {
            keys.push_back({row.name, *row.card_id, row.groups, row.t514_type, 0});
        }
    }
    std::stable_sort(keys.begin(), keys.end(),
                     [](auto const& left, auto const& right) { return left.id < right.id; });
    for (std::size_t i = 0; i < keys.size(); ++i) {
        keys[i].level = nth_level(i + 1);
    }
    return keys;
}

std::uint8_t level_of(apdu::KeyName name) {
    for (LeveledKey const& key : leveled_keys(apdu::directory_of(name))) {
        if (key.name == name) {
            return key.level;
        }
    }
    return level_never;
}

std::uint8_t pin_level() { return nth_level(leveled_keys(apdu::Directory::ssse).size() + 1); }

std::uint8_t lock_level(apdu::Directory directory) {
    auto const key = lock_key(directory);
    return key ? level_of(*key) : level_free;
}

} // namespace virtual_card
