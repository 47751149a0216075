#include "host/daemon/field_keys.hpp"

#include "host/session/recognition.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/card_layout.hpp"
#include "keys/key_table.hpp"

#include <algorithm>

namespace sscardd {
namespace {

using apdu::KeyName;
using session::Outcome;
using store::KeyMark;
using store::KeySet;

/// The key for that version of it: its own, else the one for any. null: there is none.
api::KnownKey const* find_known(std::vector<api::KnownKey> const& known, std::string_view name,
                                std::string_view algorithm, std::uint8_t version) {
    api::KnownKey const* found = nullptr;
    for (api::KnownKey const& key : known) {
        if (key.name != name || key.algorithm != algorithm) {
            continue;
        }
        if (key.version == version) {
            return &key;
        }
        if (!key.version) {
            found = &key;
        }
    }
    return found;
}

bool is_on_card(keys::KeyRow const& row, apdu::SpecVersion version) {
    bool const is_temporary =
        row.name == KeyName::temporary_mk || row.name == KeyName::transport_key;
    apdu::Directory const home = apdu::directory_of(row.name);
    return !is_temporary && (home == apdu::Directory::mf ||
                             apdu::find_directory(apdu::layout_of(version), home) != nullptr);
}

/// The version of that key which a card with those keys is authenticated with.
std::uint8_t version_in_use(std::vector<store::Rotation> const& rotations,
                            keys::Algorithm algorithm, KeyName name, KeySet const& keys) {
    for (auto rotation = rotations.rbegin(); rotation != rotations.rend(); ++rotation) {
        bool const is_of_key = rotation->algorithm == algorithm && rotation->to.name == name;
        if (is_of_key && (keys.empty() || store::holds(keys, rotation->to))) {
            return rotation->to.version;
        }
    }
    return 1;
}

/// Sums the cards up, key by key.
class FieldCount {
public:
    explicit FieldCount(std::vector<api::KnownKey> const& known) : known_{known} {}

    void add(store::KeySetCount const& count) {
        if (count.keys.empty() || !count.algorithm) {
            counter_of(count, told_.unknown_live, told_.unknown_blank) += number_of(count);
            return;
        }
        for (KeyMark const& mark : count.keys) {
            api::FieldKeyVersion& version =
                version_of(keys::to_text(*count.algorithm), mark.version, mark);
            counter_of(count, version.live, version.blank) += number_of(count);
        }
    }
    void add(store::Rotation const& rotation) {
        api::FieldKey& key = key_of(keys::to_text(rotation.algorithm), rotation.to.name);
        key.in_use = rotation.to.version;
        key.since = rotation.since;
    }
    /// Keys of the store that no card has yet.
    void add_known() {
        for (keys::KeyRow const& row : keys::key_table()) {
            for (auto const algorithm : {keys::Algorithm::des3, keys::Algorithm::sm4}) {
                for (std::uint8_t version = 1; version <= row.groups; ++version) {
                    add_known(row.name, algorithm, version);
                }
            }
        }
    }
    [[nodiscard]] api::FieldKeys told() && {
        for (api::FieldKey& key : told_.keys) {
            std::sort(key.versions.begin(), key.versions.end(),
                      [](api::FieldKeyVersion const& left, api::FieldKeyVersion const& right) {
                          return left.version < right.version;
                      });
        }
        return std::move(told_);
    }

private:
    static std::uint32_t number_of(store::KeySetCount const& count) {
        return static_cast<std::uint32_t>(count.cards);
    }
    static std::uint32_t& counter_of(store::KeySetCount const& count, std::uint32_t& live,
                                     std::uint32_t& blank) {
        return count.state == store::CardState::live ? live : blank;
    }
    void add_known(KeyName name, keys::Algorithm algorithm, std::uint8_t version) {
        std::string_view const text = keys::to_text(algorithm);
        if (auto const* const key = find_known(known_, apdu::to_text(name), text, version)) {
            bool const is_on_cards =
                name != KeyName::temporary_mk && name != KeyName::transport_key;
            if (is_on_cards) {
                version_of(text, version, {name, version, key->check_value}).in_store = true;
            }
        }
    }
    api::FieldKey& key_of(std::string_view algorithm, KeyName name) {
        for (api::FieldKey& key : told_.keys) {
            if (key.name == apdu::to_text(name) && key.algorithm == algorithm) {
                return key;
            }
        }
        told_.keys.push_back({std::string{apdu::to_text(name)}, std::string{algorithm}, 1, {}, {}});
        return told_.keys.back();
    }
    api::FieldKeyVersion& version_of(std::string_view algorithm, std::uint8_t number,
                                     KeyMark const& mark) {
        auto& versions = key_of(algorithm, mark.name).versions;
        for (api::FieldKeyVersion& version : versions) {
            if (version.version == number && version.check_value == mark.check_value) {
                return version;
            }
        }
        versions.push_back({number, mark.check_value, false, 0, 0});
        return versions.back();
    }

    std::vector<api::KnownKey> const& known_;
    api::FieldKeys told_{};
};

} // namespace

KeySet keys_of_new_card(std::vector<api::KnownKey> const& known,
                        personalization::Making const& making) {
    KeySet keys;
    for (keys::KeyRow const& row : keys::key_table()) {
        for (std::uint8_t version = 1; version <= row.groups; ++version) {
            auto const* const key = find_known(known, apdu::to_text(row.name),
                                               keys::to_text(making.algorithm), version);
            if (key != nullptr && is_on_card(row, making.version)) {
                keys.push_back({row.name, version, key->check_value});
            }
        }
    }
    return keys;
}

Outcome<keys::KeyVersions> versions_for(store::CardRegister const& cards, apdu::ByteView atr) {
    keys::KeyVersions versions;
    auto const rotations = cards.rotations();
    if (!rotations.ok()) {
        return rotations.error();
    }
    auto const chip = session::historical_bytes_of(atr);
    if (rotations.value().empty() || !chip.ok()) {
        return versions;
    }
    auto const known = cards.keys_of(session::hex_text(chip.value()));
    if (!known.ok()) {
        return known.error();
    }
    for (store::Rotation const& rotation : rotations.value()) {
        KeyName const name = rotation.to.name;
        versions.use(
            rotation.algorithm,
            {name, version_in_use(rotations.value(), rotation.algorithm, name, known.value())});
    }
    return versions;
}

bool has_versions_in_use(KeyName name) {
    keys::KeyRow const& row = keys::key_row(name);
    bool const authenticates =
        name == KeyName::irk ||
        (row.t514_type == keys::T514KeyType::external_authentication && row.card_id.has_value());
    return authenticates && row.groups > 1;
}

Outcome<std::size_t> cards_in_need_of(store::CardRegister const& cards, api::KnownKey const& key) {
    auto const counts = cards.count_by_keys();
    if (!counts.ok()) {
        return counts.error();
    }
    auto const rotations = cards.rotations();
    if (!rotations.ok()) {
        return rotations.error();
    }
    std::size_t in_need = 0;
    for (store::KeySetCount const& count : counts.value()) {
        bool const is_needed =
            count.algorithm && keys::to_text(*count.algorithm) == key.algorithm &&
            std::any_of(count.keys.begin(), count.keys.end(), [&](KeyMark const& mark) {
                return apdu::to_text(mark.name) == key.name &&
                       mark.check_value == key.check_value &&
                       (!has_versions_in_use(mark.name) ||
                        mark.version == version_in_use(rotations.value(), *count.algorithm,
                                                       mark.name, count.keys));
            });
        in_need += is_needed && count.state == store::CardState::live ? count.cards : 0;
    }
    return in_need;
}

Outcome<api::FieldKeys> field_keys(store::CardRegister const& cards,
                                   std::vector<api::KnownKey> const& known) {
    auto const counts = cards.count_by_keys();
    if (!counts.ok()) {
        return counts.error();
    }
    auto const rotations = cards.rotations();
    if (!rotations.ok()) {
        return rotations.error();
    }
    FieldCount count{known};
    count.add_known();
    for (store::KeySetCount const& cards_alike : counts.value()) {
        count.add(cards_alike);
    }
    for (store::Rotation const& rotation : rotations.value()) {
        count.add(rotation);
    }
    return std::move(count).told();
}

} // namespace sscardd
