#include "host/virtual/psam_making.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

using keys::Tier;

/// Dispersals between a key of that tier and a card's. card.md §3.3.
unsigned dispersals_below(Tier tier) { return 3U - static_cast<unsigned>(tier); }

/// A level-1 root stays as it is, whoever gives out the PSAM.
std::uint8_t usage_of(keys::KeyRow const& row, Tier tier) {
    bool const is_national = row.root == keys::KeyRoot::national_level_1;
    return is_national ? row.psam->usage
                       : keys::usage_with(row.psam->usage, dispersals_below(tier));
}

/// The tier of a key with that usage byte; nothing for one that leads to no card.
std::optional<Tier> tier_of(std::uint8_t usage) {
    unsigned const levels = usage >> 5U;
    bool const leads_to_card = levels >= 1 && levels <= 3;
    return leads_to_card ? std::optional{static_cast<Tier>(3U - levels)} : std::nullopt;
}

/// The key that `master` gives at `tier`; nothing where the master is below it.
std::optional<keys::CardKey> key_at(keys::BlockCipher& cipher, keys::MasterKey const& master,
                                    Tier tier, PsamPlan const& plan) {
    keys::CardKey key = master.secret.duplicate();
    for (Tier level = master.tier; level < tier;) {
        bool const is_ministry = level == Tier::ministry;
        auto below = keys::diversify(cipher, key,
                                     is_ministry ? keys::province_factor(plan.region())
                                                 : keys::city_factor(plan.region()));
        if (!below.ok()) {
            return std::nullopt;
        }
        key = std::move(below).value();
        level = is_ministry ? Tier::province : Tier::city;
    }
    return master.tier > tier ? std::nullopt : std::optional{std::move(key)};
}

PsamEnvironment environment_for(keys::Algorithm algorithm, PsamPlan const& plan,
                                keys::MasterKeySet const& masters) {
    keys::openssl::EvpCipher cipher;
    PsamEnvironment environment{algorithm, {}};
    for (keys::KeyRow const& row : keys::key_table()) {
        bool const is_left_out = std::find(plan.without_keys.begin(), plan.without_keys.end(),
                                           row.name) != plan.without_keys.end();
        std::uint8_t const version = row.groups > 1 ? plan.key_version : std::uint8_t{1};
        auto const* const master = keys::find_master(masters, algorithm, {row.name, version});
        if (!row.psam || is_left_out || master == nullptr) {
            continue;
        }
        std::uint8_t const usage = usage_of(row, plan.tier);
        auto const tier = tier_of(usage);
        auto value = tier ? key_at(cipher, *master, *tier, plan) : std::nullopt;
        if (value) {
            environment.keys.push_back({{usage, row.psam->id}, std::move(*value)});
        }
    }
    return environment;
}

} // namespace

apdu::Result<PsamMemory, std::string> make_psam(PsamPlan const& plan,
                                                keys::MasterKeySet const& masters) {
    PsamMemory memory;
    memory.terminal_number = plan.terminal_number;
    // Issuer, serial (cn), version, card type, FCI.
    memory.public_information = {0x91, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
                                 0x00, 0x00, 0x01, 0x01, 0x02, 0x00, 0x00};
    apdu::copy_bytes(plan.terminal_number, apdu::ByteSpan{memory.public_information}.subspan(5, 6));
    memory.application = {0x01, plan.key_version, 0x20, 0x20, 0x01, 0x01, 0x20, 0x40, 0x01, 0x01};
    std::size_t keys = 0;
    if (plan.has_des3) {
        memory.first = environment_for(keys::Algorithm::des3, plan, masters);
        keys += memory.first->keys.size();
    }
    if (plan.has_sm4) {
        memory.second = environment_for(keys::Algorithm::sm4, plan, masters);
        keys += memory.second->keys.size();
    }
    if (keys == 0) {
        return std::string{"no key for the PSAM: the masters at hand are none that it holds"};
    }
    return memory;
}

} // namespace virtual_card
