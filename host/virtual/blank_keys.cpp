#include "host/virtual/blank_keys.hpp"

#include "host/virtual/blank_structure.hpp"
#include "host/virtual/key_levels.hpp"
#include "host/virtual/pin_value.hpp"

#include "keys/card_side.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t algorithm_des3 = 0x00;

Bytes bytes_of(keys::CardKey const& key) {
    Bytes bytes(key.size());
    (void)keys::store_on_card(key, bytes);
    return bytes;
}

std::uint8_t algorithm_code(keys::CipherKind kind) {
    switch (kind) {
    case keys::CipherKind::des:
        return algorithm_des;
    case keys::CipherKind::des3:
        return algorithm_des3;
    case keys::CipherKind::sm4:
        return algorithm_sm4;
    }
    return algorithm_des3;
}

/// MAC keys and those of medical transactions are not counted (ASSUMED: card.md §3.2).
bool is_counted(LeveledKey const& key) {
    bool const is_lock = key.name == apdu::KeyName::bk || key.name == apdu::KeyName::lk_df03 ||
                         key.name == apdu::KeyName::lk_df04;
    return key.type == KeyType::external_authentication && !is_lock;
}

/// Derives a card's keys from the masters at hand.
class KeyLoader {
public:
    KeyLoader(CardPlan const& plan, keys::MasterKeySet const& masters, keys::BlockCipher& cipher,
              MadeCard& made)
        : plan_{plan}, masters_{masters}, cipher_{cipher}, made_{made} {}

    void load(apdu::Directory directory, StoredDirectory& stored) {
        add(stored, {apdu::mk_of(directory), 0x00, 1, KeyType::mk, level_mk}, 1, plan_.key_tries);
        for (LeveledKey const& key : leveled_keys(directory)) {
            std::uint8_t const tries = is_counted(key) ? plan_.key_tries : std::uint8_t{0};
            for (std::uint8_t version = 1; version <= key.versions; ++version) {
                add(stored, key, version, tries);
            }
        }
    }

private:
    void add(StoredDirectory& stored, LeveledKey const& key, std::uint8_t version,
             std::uint8_t tries) {
        auto const* const master =
            keys::find_master(masters_, plan_.algorithm, {key.name, version});
        if (master == nullptr) {
            std::string name{apdu::to_text(key.name)};
            if (key.versions > 1) {
                name += " version " + std::to_string(version);
            }
            made_.missing_keys.push_back(std::move(name));
            return;
        }
        auto const card_key = keys::card_key_of(cipher_, *master, plan_.identity());
        if (!card_key.ok()) {
            made_.missing_keys.emplace_back(apdu::to_text(key.name));
            return;
        }
        stored.keys.push_back({.type = key.type,
                               .id = key.id,
                               .version = version,
                               .tries = {tries, tries},
                               .algorithm = algorithm_code(card_key.value().kind()),
                               .level = key.level,
                               .value = bytes_of(card_key.value())});
    }

    CardPlan const& plan_;
    keys::MasterKeySet const& masters_;
    keys::BlockCipher& cipher_;
    MadeCard& made_;
};

} // namespace

void load_keys(MadeCard& card, CardPlan const& plan, apdu::CardLayout const& layout,
               keys::MasterKeySet const& masters, keys::BlockCipher& cipher) {
    KeyLoader loader{plan, masters, cipher, card};
    loader.load(apdu::Directory::mf, card.memory.directories.front());
    for (apdu::DedicatedFile const& directory : layout.directories) {
        loader.load(directory.directory,
                    card.memory.directories[index_of(layout, directory.directory)]);
    }
    StoredDirectory& ssse = card.memory.directories[1];
    auto pin = plan.pin.empty() ? Bytes{} : stored_pin_from_digits(plan.pin).value();
    ssse.keys.push_back({.type = KeyType::pin,
                         .id = 0x00,
                         .version = 1,
                         .tries = {plan.pin_tries, plan.pin_tries},
                         .algorithm = level_of(apdu::KeyName::puk),
                         .level = pin_level(),
                         .value = std::move(pin)});
}

std::optional<Bytes> transport_key(keys::MasterKeySet const& masters, keys::Algorithm algorithm) {
    auto const* const master =
        keys::find_master(masters, algorithm, {apdu::KeyName::transport_key});
    return master == nullptr ? std::nullopt : std::optional{bytes_of(master->secret)};
}

} // namespace virtual_card
