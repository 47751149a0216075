#include "host/virtual/psam_making.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

using apdu::KeyName;
using keys::Tier;

constexpr std::size_t own_keys = 4; ///< MK and KID-01 to KID-03

/// Dispersals between a key of that tier and a card's. card.md §3.3.
unsigned dispersals_below(Tier tier) { return 3U - static_cast<unsigned>(tier); }

bool names(std::vector<apdu::KeyName> const& keys, apdu::KeyName name) {
    return std::find(keys.begin(), keys.end(), name) != keys.end();
}

/// A level-1 root keeps its dispersals, whoever gives out the PSAM.
std::uint8_t usage_of(keys::KeyRow const& row, PsamPlan const& plan) {
    constexpr std::uint8_t mac_and_encryption = 0x08; // card.md §3.3
    bool const is_national = row.root == keys::KeyRoot::national_level_1;
    unsigned const dispersals = is_national ? row.psam->usage >> 5U : dispersals_below(plan.tier);
    std::uint8_t const type =
        names(plan.enciphering_keys, row.name) ? mac_and_encryption : row.psam->usage;
    return keys::usage_with(type, dispersals);
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

/// A DPK is there in all its versions, which are its ids; any other key in one. card.md §3.2.
std::vector<std::uint8_t> versions_of(keys::KeyRow const& row, PsamPlan const& plan) {
    if (row.name == KeyName::dpk) {
        return {1, 2, 3};
    }
    return {row.groups > 1 ? plan.key_version : std::uint8_t{1}};
}

PsamEnvironment environment_for(keys::Algorithm algorithm, PsamPlan const& plan,
                                keys::MasterKeySet const& masters) {
    keys::openssl::EvpCipher cipher;
    PsamEnvironment environment{algorithm};
    auto const kind =
        algorithm == keys::Algorithm::sm4 ? keys::CipherKind::sm4 : keys::CipherKind::des3;
    for (std::size_t own = 0; own < own_keys; ++own) {
        environment.own.push_back({keys::CardKey{kind, psam_test_key}, psam_tries_max});
    }
    for (keys::KeyRow const& row : keys::key_table()) {
        bool const is_left_out = names(plan.without_keys, row.name);
        if (!row.psam || is_left_out) {
            continue;
        }
        std::uint8_t const usage = usage_of(row, plan);
        for (std::uint8_t const version : versions_of(row, plan)) {
            auto const* const master = keys::find_master(masters, algorithm, {row.name, version});
            auto const tier = tier_of(usage);
            auto value =
                tier && master != nullptr ? key_at(cipher, *master, *tier, plan) : std::nullopt;
            if (value) {
                std::uint8_t const id = row.name == KeyName::dpk ? version : row.psam->id;
                environment.keys.push_back({{usage, id}, std::move(*value)});
            }
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
