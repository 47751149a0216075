#include "host/virtual/psam.hpp"
#include "host/virtual/secure_messaging.hpp"
#include "host/virtual/t0_card.hpp"

#include "keys/diversification.hpp"
#include "keys/session_key.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

/// CIPHER DATA takes so many blocks. card.md §4.3.
constexpr std::size_t blocks_max = 8;

// Usage bytes' low five bits. card.md §3.3.
constexpr std::uint8_t type_mask = 0x1F;
constexpr std::uint8_t type_mac = 0x06;
constexpr std::uint8_t type_encrypt = 0x07;
constexpr std::uint8_t type_mac_and_encrypt = 0x08;

// P1 of CIPHER DATA. card.md §4.3.
constexpr std::uint8_t encrypt_last = 0x00;
constexpr std::uint8_t encrypt_more = 0x02;
constexpr std::uint8_t mac_alone = 0x05;
constexpr std::uint8_t mac_first = 0x07;
constexpr std::uint8_t mac_next = 0x03;
constexpr std::uint8_t mac_last = 0x01;

bool is_whole_blocks(std::size_t size, std::size_t block) {
    return size > 0 && size % block == 0 && size <= blocks_max * block;
}

} // namespace

PsamStoredKey const* Psam::find(std::uint8_t type, std::uint8_t id) const {
    auto const& keys = environment_->keys;
    auto const found = std::find_if(keys.begin(), keys.end(), [type, id](PsamStoredKey const& key) {
        return (key.place.usage & type_mask) == type && key.place.id == id;
    });
    return found == keys.end() ? nullptr : &*found;
}

std::optional<keys::CardKey> Psam::below(PsamStoredKey const& root, apdu::ByteView factors) {
    std::size_t const levels = root.place.usage >> 5U;
    if (factors.size() != psam_factor_size * levels) {
        return std::nullopt;
    }
    keys::CardKey key = root.value.duplicate();
    for (std::size_t level = levels; level > 0; --level) { // from the province inwards
        auto const factor =
            factors.subspan(psam_factor_size * (level - 1)).first<psam_factor_size>();
        auto next = keys::diversify(cipher_, key, factor);
        if (!next.ok()) {
            return std::nullopt;
        }
        key = std::move(next).value();
    }
    return key;
}

Bytes Psam::deliver(CommandParts const& command) {
    if (!is_initialized_) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    auto const type = static_cast<std::uint8_t>(command.p1 & type_mask);
    PsamStoredKey const* const found = find(type, command.p2);
    if (found == nullptr) {
        return word(apdu::sw::key_not_found);
    }
    std::size_t const block = keys::block_size(environment_->algorithm);
    std::size_t const levels = found->place.usage >> 5U;
    if (command.p1 != found->place.usage ||
        command.data.size() != psam_factor_size * levels + block) {
        return word(apdu::sw::wrong_data);
    }
    auto const key = below(*found, command.data.first(psam_factor_size * levels));
    if (!key) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    auto session = keys::session_key(cipher_, *key, command.data.last(block));
    if (!session.ok()) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    session_.emplace(Session{std::move(session).value(),
                             type == type_mac || type == type_mac_and_encrypt,
                             type == type_encrypt || type == type_mac_and_encrypt});
    return word(apdu::sw::success);
}

Bytes Psam::cipher_data(CommandParts const& command) {
    if (!session_) {
        return word(apdu::sw::invalid_state);
    }
    std::size_t const block = keys::block_size(environment_->algorithm);
    if (command.p2 != 0x00) {
        return word(apdu::sw::wrong_p1_p2);
    }
    if (!is_whole_blocks(command.data.size(), block)) {
        return word(apdu::sw::wrong_length);
    }
    bool const goes_on =
        command.p1 == encrypt_more || command.p1 == mac_first || command.p1 == mac_next;
    bool const is_cipher = command.p1 == encrypt_last || command.p1 == encrypt_more;
    Bytes answer = is_cipher ? encrypt(command.data) : chain(command.p1, command.data);
    if (!goes_on) {
        session_.reset();
    }
    return answer;
}

Bytes Psam::encrypt(apdu::ByteView data) {
    Bytes blocks{data.begin(), data.end()};
    if (!session_->can_encrypt) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    bool const is_done = cipher_.encrypt(session_->key, blocks).ok();
    return is_done ? keep(std::move(blocks)) : word(apdu::sw::no_precise_diagnosis);
}

Bytes Psam::chain(std::uint8_t p1, apdu::ByteView data) {
    bool const is_first = p1 == mac_alone || p1 == mac_first;
    if (!is_first && p1 != mac_next && p1 != mac_last) {
        return word(apdu::sw::wrong_p1_p2);
    }
    std::size_t const block = keys::block_size(environment_->algorithm);
    bool const is_in_order = is_first == session_->chain.empty();
    if (!session_->can_mac || !is_in_order) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    if (is_first) { // the initial value goes first
        apdu::ByteView const initial = data.first(block);
        session_->chain.assign(initial.begin(), initial.end());
        data = data.subspan(block);
    }
    if (data.empty() && p1 == mac_alone) {
        return word(apdu::sw::wrong_length);
    }
    if (!cipher_.chain(session_->key, session_->chain, data).ok()) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    if (p1 == mac_first || p1 == mac_next) {
        return word(apdu::sw::success);
    }
    Bytes mac(mac_size);
    std::size_t const folded = block == keys::block_size_max ? block : mac_size;
    for (std::size_t i = 0; i < folded; ++i) {
        mac[i % mac_size] ^= session_->chain[i];
    }
    return keep(std::move(mac));
}

} // namespace virtual_card
