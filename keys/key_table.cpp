#include "keys/key_table.hpp"

#include "keys/key_table_rows.hpp"

namespace keys {
namespace {

using rows::all;

/// DPK stands in the HSM at an address of its own for each version. card.md §3.2.
constexpr std::array<std::uint16_t, key_version_max> dpk_addresses{0x017F, 0x0199, 0x019C};

constexpr bool rows_stand_in_order() {
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (static_cast<std::size_t>(all[i].name) != i) {
            return false;
        }
    }
    return true;
}

constexpr bool is_key_of_the_medical_application(KeyRow const& row) {
    return row.t514_type == T514KeyType::dlk || row.t514_type == T514KeyType::dpk ||
           row.t514_type == T514KeyType::dtk;
}

constexpr bool sizes_and_groups_are_sound() {
    for (KeyRow const& row : all) {
        bool const is_stk = row.t514_type == T514KeyType::stk;
        if (row.size_on_des3 != (is_stk ? 8 : 16) || (row.groups != 1 && row.groups != 3)) {
            return false;
        }
    }
    return true;
}

constexpr bool psam_keys_are_unique() {
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[i].psam && all[j].psam && all[i].psam->id == all[j].psam->id) {
                return false;
            }
        }
    }
    return true;
}

constexpr bool addresses_are_apart() {
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (i == j || !all[i].hsm_address || !all[j].hsm_address) {
                continue;
            }
            unsigned const address = *all[i].hsm_address;
            unsigned const other = *all[j].hsm_address;
            if (other <= address && address < other + all[j].groups) {
                return false;
            }
        }
    }
    return true;
}

/// Ids on which EXTERNAL AUTHENTICATE decides: below 80 in the SSSE, above it in an application.
constexpr bool is_in_the_range_of(apdu::Directory directory, std::uint8_t id) {
    return directory == apdu::Directory::ssse ? id < 0x80 : id > 0x80;
}

static_assert(all.size() == apdu::key_name_count);
static_assert(rows_stand_in_order());
static_assert(sizes_and_groups_are_sound());
static_assert(psam_keys_are_unique());
static_assert(addresses_are_apart());
static_assert(usage_with(0x27, 2) == 0x47);
static_assert(usage_with(0x28, 2) == 0x48);

} // namespace

std::span<KeyRow const, apdu::key_name_count> key_table() { return all; }

KeyRow const& key_row(apdu::KeyName name) {
    auto const index = static_cast<std::size_t>(name);
    apdu::require(index < all.size());
    return all[index];
}

std::optional<apdu::KeyName> key_of_p2(apdu::Directory current, std::uint8_t p2) {
    if (p2 == 0x00) {
        return apdu::mk_of(current);
    }
    apdu::Directory const directory = (p2 & 0x80U) == 0 ? apdu::Directory::ssse : current;
    for (KeyRow const& row : all) {
        if (row.card_id == p2 && !is_key_of_the_medical_application(row) &&
            apdu::directory_of(row.name) == directory && is_in_the_range_of(directory, p2)) {
            return row.name;
        }
    }
    return std::nullopt;
}

std::uint8_t standard_key_size(apdu::KeyName name, Algorithm algorithm) {
    return algorithm == Algorithm::des3 ? key_row(name).size_on_des3 : std::uint8_t{16};
}

std::optional<std::uint16_t> hsm_address_of(KeyReference key) {
    KeyRow const& row = key_row(key.name);
    if (!row.hsm_address || key.version < 1 || key.version > row.groups) {
        return std::nullopt;
    }
    if (key.name == apdu::KeyName::dpk) {
        return dpk_addresses[key.version - 1U];
    }
    return static_cast<std::uint16_t>(*row.hsm_address + key.version - 1U);
}

} // namespace keys
