#include "host/virtual/commands.hpp"
#include "host/virtual/pin_value.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "keys/constant_time.hpp"
#include "keys/data_encryption.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t pin_bytes_min = 2;
constexpr std::size_t pin_bytes_max = 8; ///< with padding
constexpr std::size_t change_bytes_min = 3;
constexpr std::size_t change_bytes_max = 2 * pin_bytes_max + 1;
constexpr std::uint8_t separator = 0xFF;

/// The environment's PIN.
std::optional<KeyIndex> find_pin(Card const& card) {
    auto const environment = environment_of_current(card);
    if (!environment) {
        return std::nullopt;
    }
    auto const pin = find_key(card.memory().directories[*environment], KeyType::pin, 0x00);
    return pin ? std::optional{KeyIndex{*environment, *pin}} : std::nullopt;
}

void store(Card& card, KeyIndex index, Bytes value) {
    StoredKey& pin = card.change().directories[index.directory].keys[index.key];
    pin.value = std::move(value);
    pin.tries.left = pin.tries.maximum;
}

/// CHANGE PIN's data: old PIN, FF, new PIN; either may be absent. Padding FF belongs to the
/// separator.
struct PinChange {
    apdu::ByteView old_pin;
    apdu::ByteView new_pin;
};
std::optional<PinChange> split(apdu::ByteView data) {
    auto const at = std::find(data.begin(), data.end(), separator);
    if (at == data.end()) {
        return std::nullopt;
    }
    auto const behind = std::find_if(at, data.end(), [](auto byte) { return byte != separator; });
    return PinChange{apdu::ByteView{data.begin(), at}, apdu::ByteView{behind, data.end()}};
}

/// The PIN in PIN CHANGE/UNBLOCK's data, before their MAC; without any, the empty PIN.
apdu::Result<Bytes, apdu::StatusWord> decrypt_new_pin(Card& card, CardCommand const& command,
                                                      KeyIndex stk) {
    apdu::ByteView const encrypted = command.data.first(command.data.size() - mac_size);
    if (encrypted.empty()) {
        return Bytes{};
    }
    auto const session = session_key(card, stk);
    if (!session.ok()) {
        return session.error();
    }
    Bytes plain(encrypted.size());
    auto const size = keys::decrypt_data(card.cipher(), session.value(), encrypted, plain);
    if (!size.ok()) {
        return size.error() == keys::CipherError::malformed ? apdu::sw::wrong_data
                                                            : apdu::sw::no_precise_diagnosis;
    }
    auto pin = stored_pin(apdu::ByteView{plain}.first(size.value()));
    if (!pin) {
        return apdu::sw::wrong_data;
    }
    return std::move(*pin);
}

bool has_right_length(CardMemory const& memory, CardCommand const& command) {
    std::size_t const size = command.data.size();
    bool const carries_pin = command.p2 != 0x00;
    return size == mac_size || (carries_pin && size == mac_size + block_size(memory.algorithm));
}

} // namespace

Answer verify(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    auto const index = find_pin(card);
    if (!index) {
        return apdu::sw::key_not_found;
    }
    StoredKey const& pin = key_at(card.memory(), *index);
    if (command.data.empty()) {
        return pin.value.empty() ? apdu::sw::success : tries_left(pin.tries.left);
    }
    if (command.data.size() < pin_bytes_min || command.data.size() > pin_bytes_max) {
        return apdu::sw::wrong_length;
    }
    if (pin.tries.is_locked()) {
        return apdu::sw::locked;
    }
    std::uint8_t const level = pin.level;
    auto const presented = stored_pin(command.data);
    bool const is_right =
        presented && !pin.value.empty() && keys::equal_in_constant_time(*presented, pin.value);
    card.security().global.set(level, is_right);
    auto const refusal = spend_try(card, *index);
    if (!is_right) {
        return refusal;
    }
    restore_tries(card, *index);
    return apdu::sw::success;
}

Answer change_pin(Card& card, CardCommand const& command) {
    if (command.p1 != 0x01 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    if (command.data.size() < change_bytes_min || command.data.size() > change_bytes_max) {
        return apdu::sw::wrong_length;
    }
    auto const index = find_pin(card);
    if (!index) {
        return apdu::sw::key_not_found;
    }
    auto const change = split(command.data);
    auto new_pin = change ? stored_pin(change->new_pin) : std::nullopt;
    if (!new_pin) {
        return apdu::sw::wrong_data;
    }
    StoredKey const& pin = key_at(card.memory(), *index);
    if (pin.tries.is_locked()) {
        return apdu::sw::locked;
    }
    auto const old_pin = stored_pin(change->old_pin);
    auto const refusal = spend_try(card, *index);
    if (!old_pin || !keys::equal_in_constant_time(*old_pin, pin.value)) {
        return refusal;
    }
    store(card, *index, std::move(*new_pin));
    return apdu::sw::success;
}

Answer pin_change_unblock(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 > 0x01) {
        return apdu::sw::wrong_p1_p2;
    }
    if (!has_right_length(card.memory(), command)) {
        return apdu::sw::wrong_length;
    }
    auto const index = find_pin(card);
    if (!index) {
        return apdu::sw::key_not_found;
    }
    // The PIN's algorithm byte is the level of PUK. cos-t514.md §3, WRITE KEY.
    StoredKey const& pin = key_at(card.memory(), *index);
    if (!card.security().global[pin.algorithm]) {
        return apdu::sw::security_status;
    }
    auto const stk = find_stk(card.memory(), index->directory);
    if (auto const refusal = check_mac(card, command, stk)) {
        return *refusal;
    }
    if (command.p2 == 0x00) {
        restore_tries(card, *index);
        return apdu::sw::success;
    }
    auto new_pin = decrypt_new_pin(card, command, *stk);
    if (!new_pin.ok()) {
        return new_pin.error();
    }
    store(card, *index, std::move(new_pin).value());
    return apdu::sw::success;
}

} // namespace virtual_card
