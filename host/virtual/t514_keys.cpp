#include "host/virtual/commands.hpp"
#include "host/virtual/pin_value.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "keys/card_side.hpp"
#include "keys/data_encryption.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t key_header_size = 8;
constexpr std::size_t long_body_size = 16;
constexpr std::size_t short_body_size = 8;
constexpr std::size_t challenge_size = 4;
constexpr std::size_t key_record_size = 24; ///< of a key file
constexpr std::uint8_t key_record_length = 0x18;
constexpr std::uint8_t body_tag = 0xEF;
constexpr std::uint8_t version_max = 3;
constexpr std::uint8_t p1_mk = 0x01;

bool is_encrypted(CardCommand const& command) { return command.cla.is_proprietary(); }

/// The MK of the current directory, which guards what is written; 6A88 before it stands there.
apdu::Result<keys::CardKey, apdu::StatusWord> current_mk(Card const& card) {
    std::size_t const at = *card.security().directory;
    auto const mk = find_key(card.memory().directories[at], KeyType::mk, 0x00);
    if (!mk) {
        return apdu::sw::key_not_found;
    }
    return cipher_key(card.memory(), key_at(card.memory(), {at, *mk}));
}

/// The MAC starts from the 4-byte challenge just before (ASSUMED, as in a PSAM). cos-t514.md §3.
std::optional<apdu::StatusWord> check_mac_by_mk(Card& card, CardCommand const& command) {
    auto const mk = current_mk(card);
    if (!mk.ok()) {
        return mk.error();
    }
    Bytes const& challenge = card.security().usable.last;
    if (challenge.size() != challenge_size) {
        return apdu::sw::conditions_not_satisfied;
    }
    auto const right = keys::has_right_mac(card.cipher(), mk.value(), bytes_of(command), challenge);
    if (!right.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    if (!right.value()) {
        return apdu::sw::secure_messaging_wrong;
    }
    return std::nullopt;
}

/// Header and body in the clear.
apdu::Result<Bytes, apdu::StatusWord> plain_content(Card& card, CardCommand const& command) {
    bool const has_mac = command.cla.has_secure_messaging();
    if (has_mac && command.data.size() <= mac_size) {
        return apdu::sw::wrong_length;
    }
    if (has_mac) {
        if (auto const refusal = check_mac_by_mk(card, command)) {
            return *refusal;
        }
    }
    apdu::ByteView const data = command.data.first(command.data.size() - (has_mac ? mac_size : 0));
    if (!is_encrypted(command)) {
        return Bytes{data.begin(), data.end()};
    }
    auto const mk = current_mk(card);
    if (!mk.ok()) {
        return mk.error();
    }
    Bytes plain(data.size());
    auto const size = keys::decrypt_data(card.cipher(), mk.value(), data, plain);
    if (!size.ok()) {
        return size.error() == keys::CipherError::malformed ? apdu::sw::wrong_data
                                                            : apdu::sw::no_precise_diagnosis;
    }
    plain.resize(size.value());
    return plain;
}

bool is_known_type(KeyType type) {
    switch (type) {
    case KeyType::mk:
    case KeyType::pin:
    case KeyType::stk:
    case KeyType::dlk:
    case KeyType::dpk:
    case KeyType::dtk:
    case KeyType::external_authentication:
    case KeyType::irk:
        return true;
    }
    return false;
}

/// The key itself: as many bytes as the header's length says, of a size that the chip has a cipher
/// for.
std::optional<Bytes> key_value(CardMemory const& memory, std::uint8_t algorithm, std::size_t size,
                               apdu::ByteView body) {
    bool const is_sm4 = memory.algorithm == keys::Algorithm::sm4;
    bool const fits = is_sm4 ? algorithm == algorithm_sm4 : algorithm <= 0x01;
    if (!fits || size > body.size() || !keys::cipher_kind(memory.algorithm, size)) {
        return std::nullopt;
    }
    return Bytes{body.begin(), body.begin() + static_cast<std::ptrdiff_t>(size)};
}

apdu::Result<StoredKey, apdu::StatusWord> parse_key(CardMemory const& memory,
                                                    apdu::ByteView content) {
    bool const has_length = content.size() == key_header_size + short_body_size ||
                            content.size() == key_header_size + long_body_size;
    if (!has_length) {
        return apdu::sw::wrong_length;
    }
    StoredKey key{.type = static_cast<KeyType>(content[0]),
                  .id = content[1],
                  .version = content[2],
                  .tries = {static_cast<std::uint8_t>(content[4] >> 4U),
                            static_cast<std::uint8_t>(content[4] & 0x0FU)},
                  .algorithm = content[5],
                  .level = content[6],
                  .value = {}};
    bool const is_pin = key.type == KeyType::pin;
    bool const is_sound = is_known_type(key.type) && content[3] == body_tag &&
                          key.tries.left <= key.tries.maximum && key.version <= version_max;
    apdu::ByteView const body = content.subspan(key_header_size);
    auto value = is_pin ? stored_pin(body) : key_value(memory, key.algorithm, content[7], body);
    if (!is_sound || !value) {
        return apdu::sw::wrong_data;
    }
    key.value = std::move(*value);
    return key;
}

/// Room in the directory's key file; the MK has a place of its own.
apdu::StatusWord store_new(Card& card, std::size_t directory, StoredKey key) {
    auto const& files = card.memory().directories[directory].files;
    auto const file = std::find_if(files.begin(), files.end(), [](StoredFile const& candidate) {
        return candidate.kind == FileKind::internal && candidate.record_length == key_record_length;
    });
    if (file == files.end()) {
        return apdu::sw::file_not_found;
    }
    auto const& keys = card.memory().directories[directory].keys;
    auto const taken = static_cast<std::size_t>(std::count_if(
        keys.begin(), keys.end(), [](auto const& stored) { return stored.type != KeyType::mk; }));
    if (key.type != KeyType::mk && (taken + 1) * key_record_size > file->size) {
        return apdu::sw::no_space;
    }
    card.change().directories[directory].keys.push_back(std::move(key));
    return apdu::sw::success;
}

} // namespace

Answer write_key(Card& card, CardCommand const& command) {
    if (command.p1 > p1_mk || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    auto const& state = card.security();
    if (!state.directory) {
        return apdu::sw::conditions_not_satisfied;
    }
    StoredDirectory const& directory = card.memory().directories[*state.directory];
    if (!directory.is_open && !has_mk_right(card.memory(), state)) {
        return apdu::sw::security_status;
    }
    auto const content = plain_content(card, command);
    if (!content.ok()) {
        return content.error();
    }
    auto key = parse_key(card.memory(), content.value());
    if (!key.ok()) {
        return key.error();
    }
    if ((key.value().type == KeyType::mk) != (command.p1 == p1_mk)) {
        return apdu::sw::wrong_data;
    }
    bool const is_single = key.value().type == KeyType::mk || key.value().type == KeyType::pin;
    auto const version = is_single ? std::nullopt : std::optional{key.value().version};
    auto const same = find_key(directory, key.value().type, key.value().id, version);
    if (same) {
        card.change().directories[*state.directory].keys[*same] = std::move(key).value();
        return apdu::sw::success;
    }
    return store_new(card, *state.directory, std::move(key).value());
}

} // namespace virtual_card
