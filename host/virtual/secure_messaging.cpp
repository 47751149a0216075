#include "host/virtual/secure_messaging.hpp"

#include "keys/card_side.hpp"
#include "keys/session_key.hpp"

namespace virtual_card {
namespace {} // namespace

StoredKey const& key_at(CardMemory const& memory, KeyIndex index) {
    return memory.directories[index.directory].keys[index.key];
}

std::optional<std::size_t> environment_of_current(Card const& card) {
    auto const current = card.security().directory;
    return current ? environment_of(card.memory(), *current) : std::nullopt;
}

std::optional<KeyIndex> find_stk(CardMemory const& memory, std::size_t directory) {
    std::vector<StoredKey> const& keys = memory.directories[directory].keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i].type == KeyType::stk) {
            return KeyIndex{directory, i};
        }
    }
    return std::nullopt;
}

keys::CardKey cipher_key(CardMemory const& memory, StoredKey const& key) {
    auto const kind = keys::cipher_kind(memory.algorithm, key.value.size());
    apdu::require(kind.has_value());
    return keys::CardKey{*kind, key.value};
}

apdu::StatusWord spend_try(Card& card, KeyIndex index) {
    if (!key_at(card.memory(), index).tries.counts()) {
        return tries_left(0x0F);
    }
    TryCounter& tries = card.change().directories[index.directory].keys[index.key].tries;
    apdu::require(tries.left != 0);
    --tries.left;
    return tries_left(tries.left);
}

void restore_tries(Card& card, KeyIndex index) {
    TryCounter const& tries = key_at(card.memory(), index).tries;
    if (tries.left != tries.maximum) {
        card.change().directories[index.directory].keys[index.key].tries.left = tries.maximum;
    }
}

apdu::Result<keys::CardKey, apdu::StatusWord> session_key(Card& card, KeyIndex index) {
    Bytes const& random = card.security().usable.last;
    if (random.empty()) {
        return apdu::sw::conditions_not_satisfied;
    }
    keys::CardKey const key = cipher_key(card.memory(), key_at(card.memory(), index));
    if (random.size() > keys::block_size(key.kind())) {
        return apdu::sw::conditions_not_satisfied; // 16 bytes are for 16-byte blocks
    }
    auto session = keys::session_key(card.cipher(), key, random);
    if (!session.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return std::move(session).value();
}

std::optional<apdu::StatusWord> check_mac(Card& card, CardCommand const& command,
                                          std::optional<KeyIndex> key) {
    if (!key) {
        return apdu::sw::key_not_found;
    }
    if (key_at(card.memory(), *key).tries.is_locked()) {
        return apdu::sw::locked;
    }
    auto const session = session_key(card, *key);
    if (!session.ok()) {
        return session.error();
    }
    auto const right = keys::has_right_mac(card.cipher(), session.value(), bytes_of(command));
    if (!right.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    (void)spend_try(card, *key);
    if (!right.value()) {
        return apdu::sw::secure_messaging_wrong;
    }
    restore_tries(card, *key);
    return std::nullopt;
}

apdu::Result<apdu::ByteView, apdu::StatusWord> data_of_update(Card& card,
                                                              CardCommand const& command) {
    if (!command.cla.has_secure_messaging()) {
        return command.data;
    }
    if (command.data.size() < mac_size) {
        return apdu::sw::wrong_length;
    }
    auto const& state = card.security();
    auto const stk = state.directory ? find_stk(card.memory(), *state.directory) : std::nullopt;
    if (auto const refusal = check_mac(card, command, stk)) {
        return *refusal;
    }
    return command.data.first(command.data.size() - mac_size);
}

Bytes bytes_of(CardCommand const& command) {
    std::array<std::uint8_t, 5> const head{
        command.cla.value(), static_cast<std::uint8_t>(command.ins), command.p1, command.p2,
        static_cast<std::uint8_t>(command.data.size())};
    Bytes bytes(head.size() + command.data.size());
    apdu::copy_bytes(head, bytes);
    apdu::copy_bytes(command.data, apdu::ByteSpan{bytes}.subspan(head.size()));
    return bytes;
}

} // namespace virtual_card
