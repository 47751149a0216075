#include "host/virtual/commands.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "keys/card_side.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t transport_data_at = 7; ///< T8…TD in the historical bytes
constexpr std::size_t transport_data_size = 6;
constexpr std::size_t proof_size = 8;

} // namespace

Answer verify_transport_key(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != proof_size) {
        return apdu::sw::wrong_length;
    }
    CardMemory const& memory = card.memory();
    if (!memory.directories.empty()) {
        return apdu::sw::conditions_not_satisfied; // a structure puts it out of force
    }
    TransportKey const& key = memory.transport_key;
    if (key.tries.is_locked()) {
        return apdu::sw::locked;
    }
    auto const kind = keys::cipher_kind(memory.algorithm, key.value.size());
    if (!kind) {
        return apdu::sw::no_precise_diagnosis;
    }
    keys::AuthenticationData proof{};
    apdu::copy_bytes(command.data, proof);
    std::span<std::uint8_t const, 13> const historical{memory.historical};
    auto const right = keys::is_right_transport_proof(
        card.cipher(), keys::CardKey{*kind, key.value},
        historical.subspan<transport_data_at, transport_data_size>(), proof);
    if (!right.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    card.security().transport_key_verified = right.value();
    if (key.tries.counts()) {
        --card.change().transport_key.tries.left; // first, as spend_try() does
    }
    if (right.value()) {
        card.change().transport_key.tries.left = key.tries.maximum;
        return apdu::sw::success;
    }
    return tries_left(key.tries.counts() ? key.tries.left : std::uint8_t{0x0F});
}

Answer update_atr(Card& card, CardCommand const& command) {
    if (command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != proof_size) {
        return apdu::sw::wrong_length;
    }
    if (!card.memory().directories.empty()) {
        return apdu::sw::conditions_not_satisfied; // keys of the structure depend on the ATR
    }
    auto& state = card.security();
    if (!state.transport_key_verified) {
        return apdu::sw::security_status;
    }
    if (command.data[0] != 0x00 || command.data[1] != 0x00) {
        return apdu::sw::wrong_data;
    }
    std::array<std::uint8_t, transport_data_size> data{};
    apdu::copy_bytes(command.data.last(transport_data_size), data);
    state.new_transport_data = data;
    return apdu::sw::success;
}

Answer update_historical_bytes(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() != atr_start.size() + transport_data_at) {
        return apdu::sw::wrong_length;
    }
    auto const data = std::exchange(card.security().new_transport_data, std::nullopt);
    if (!data || !card.memory().directories.empty()) {
        return apdu::sw::conditions_not_satisfied;
    }
    if (!apdu::equal_bytes(command.data.first(atr_start.size()), atr_start)) {
        return apdu::sw::wrong_data;
    }
    auto& historical = card.change().historical;
    apdu::copy_bytes(command.data.subspan(atr_start.size()), historical);
    apdu::copy_bytes(*data, apdu::ByteSpan{historical}.subspan(transport_data_at));
    return apdu::sw::success;
}

} // namespace virtual_card
