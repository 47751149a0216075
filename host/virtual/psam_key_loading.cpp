// A PSAM's own keys, and the loading of others under them.
#include "host/virtual/psam.hpp"

#include "keys/card_side.hpp"
#include "keys/data_encryption.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t psam_half_size = 8;
constexpr std::size_t psam_field_size =
    16; ///< authentication data ‖ original; one more with a version
constexpr std::size_t challenge_of_mac = 4;

// WRITE KEY's P1. card.md §4.3.
constexpr std::uint8_t create_key = 0x00;
constexpr std::uint8_t change_key = 0x01;

/// A key file: the KID that must have proved itself before keys go there, and the ids that its keys
/// have. card.md §3.3: the files and the ranges; which belongs to which, and the order, is ASSUMED.
struct KeyFile {
    std::uint8_t id;
    std::uint8_t kid;
    std::uint8_t first_environment_key;
    std::uint8_t first_application_key;
    std::uint8_t last_application_key;
};
constexpr auto key_files = std::to_array<KeyFile>({
    {0x11, 1, 0x08, 0x20, 0x3F},
    {0x12, 2, 0x10, 0x40, 0x7F},
    {0x13, 3, 0x18, 0x80, 0xBF},
});
constexpr std::uint8_t environment_keys_each = 8;

bool is_of(KeyFile const& file, std::uint8_t id) {
    bool const is_environment =
        id >= file.first_environment_key && id < file.first_environment_key + environment_keys_each;
    bool const is_purchase = file.id == 0x13 && id >= 0x01 && id <= 0x03; // DPK, the city's
    return is_environment || is_purchase ||
           (id >= file.first_application_key && id <= file.last_application_key);
}

/// What is encrypted: usage ‖ id ‖ version ‖ algorithm ‖ error counter ‖ key. ASSUMED: only the
/// sizes 1C and 24 of the command are known, which it gives.
constexpr std::size_t loaded_key_at = 5;
constexpr std::size_t loaded_size = loaded_key_at + keys::key_size_max;

std::optional<PsamStoredKey> stored_key_from(apdu::ByteView plain, keys::Algorithm algorithm) {
    bool const is_sm4 = algorithm == keys::Algorithm::sm4;
    std::uint8_t const wanted = is_sm4 ? 0x03 : 0x00; // card.md §3.3; SM4 ASSUMED
    if (plain.size() != loaded_size || plain[3] != wanted) {
        return std::nullopt;
    }
    auto const kind = is_sm4 ? keys::CipherKind::sm4 : keys::CipherKind::des3;
    return PsamStoredKey{{plain[0], plain[1]}, keys::CardKey{kind, plain.subspan(loaded_key_at)}};
}

} // namespace

Bytes Psam::external_authenticate(CommandParts const& command) {
    auto const challenges = std::exchange(challenges_, {});
    if (command.p1 != 0x00) {
        return word(apdu::sw::wrong_p1_p2);
    }
    if (command.data.size() != psam_field_size && command.data.size() != psam_field_size + 1) {
        return word(apdu::sw::wrong_length);
    }
    bool const is_there = is_in_application_ && command.p2 < environment_->own.size();
    if (!is_there) {
        return word(apdu::sw::key_not_found);
    }
    PsamOwnKey& key = environment_->own[command.p2];
    if (key.tries_left == 0) {
        return word(apdu::sw::locked);
    }
    keys::Challenge original{};
    keys::Challenge process{};
    if (challenges.last.size() != psam_half_size || challenges.before.size() != psam_half_size) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    apdu::copy_bytes(challenges.before, original);
    apdu::copy_bytes(challenges.last, process);
    keys::AuthenticationData presented{};
    apdu::copy_bytes(command.data.first(psam_half_size), presented);
    --key.tries_left; // before what is presented is judged, so that cutting the power gains nothing
    bool const names_it =
        apdu::equal_bytes(command.data.subspan(psam_half_size, psam_half_size), original);
    auto const right =
        keys::is_right_authentication(cipher_, key.value, process, original, presented);
    if (!right.ok()) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    if (!right.value() || !names_it) {
        return word(apdu::StatusWord{0x63, static_cast<std::uint8_t>(0xC0 | key.tries_left)});
    }
    key.tries_left = psam_tries_max;
    proved_[command.p2] = true;
    return word(apdu::sw::success);
}

Bytes Psam::write_key(CommandParts const& command, apdu::ByteView whole) {
    auto const challenges = std::exchange(challenges_, {});
    if (command.p1 != create_key && command.p1 != change_key) {
        return word(apdu::sw::wrong_p1_p2);
    }
    auto const* const file =
        std::find_if(key_files.begin(), key_files.end(),
                     [&command](KeyFile const& each) { return each.id == command.p2; });
    if (!is_in_application_ || file == key_files.end()) {
        return word(apdu::sw::file_not_found);
    }
    if (!proved_[file->kid]) {
        return word(apdu::sw::security_status);
    }
    keys::CardKey const& mk = environment_->own[0].value;
    std::size_t const encrypted = keys::encrypted_size(mk.kind(), loaded_size);
    if (command.data.size() != encrypted + mac_size) {
        return word(apdu::sw::wrong_length);
    }
    if (challenges.last.size() != challenge_of_mac) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    auto const right = keys::has_right_mac(cipher_, mk, whole, challenges.last);
    if (!right.ok() || !right.value()) {
        return word(right.ok() ? apdu::sw::secure_messaging_wrong : apdu::sw::no_precise_diagnosis);
    }
    Bytes plain(encrypted);
    auto const size = keys::decrypt_data(cipher_, mk, command.data.first(encrypted), plain);
    auto key = size.ok() ? stored_key_from(apdu::ByteView{plain}.first(size.value()),
                                           environment_->algorithm)
                         : std::nullopt;
    if (!key || !is_of(*file, key->place.id)) {
        return word(apdu::sw::wrong_data);
    }
    return keep_key(std::move(*key), command.p1 == create_key);
}

Bytes Psam::keep_key(PsamStoredKey key, bool is_new) {
    auto& keys = environment_->keys;
    auto const known = std::find_if(keys.begin(), keys.end(), [&key](PsamStoredKey const& other) {
        return other.place.id == key.place.id && other.place.usage == key.place.usage;
    });
    if (is_new == (known != keys.end())) { // ASSUMED: one that is there is changed, not created
        return word(is_new ? apdu::sw::wrong_data : apdu::sw::key_not_found);
    }
    if (is_new) {
        keys.push_back(std::move(key));
    } else {
        known->value = std::move(key.value);
    }
    return word(apdu::sw::success);
}

} // namespace virtual_card
