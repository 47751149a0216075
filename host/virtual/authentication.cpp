#include "host/virtual/commands.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "keys/authentication_data.hpp"
#include "keys/card_side.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t half_size = 8;
constexpr std::uint8_t p2_current_directory = 0x80;

/// The data field of both commands: two times 8 bytes and, maybe, a key version.
struct AuthenticationField {
    keys::Challenge first{};
    keys::Challenge second{};
    std::optional<std::uint8_t> version{};
};

std::optional<AuthenticationField> parse_field(apdu::ByteView data) {
    if (data.size() != 2 * half_size && data.size() != 2 * half_size + 1) {
        return std::nullopt;
    }
    AuthenticationField field;
    apdu::copy_bytes(data.first(half_size), field.first);
    apdu::copy_bytes(data.subspan(half_size, half_size), field.second);
    if (data.size() > 2 * half_size) {
        field.version = data.back();
    }
    return field;
}

/// Which key P2 means. card.md §3.2: bit 7 set, a key of the current directory; clear, a key of the
/// environment; 00 the MK of the current directory.
std::optional<KeyIndex> find_authentication_key(Card const& card, std::uint8_t p2,
                                                std::optional<std::uint8_t> version) {
    auto const current = card.security().directory;
    if (!current) {
        return std::nullopt;
    }
    bool const is_mk = p2 == 0x00;
    bool const is_local = is_mk || (p2 & p2_current_directory) != 0;
    auto const place = is_local ? current : environment_of(card.memory(), *current);
    if (!place) {
        return std::nullopt;
    }
    auto const type = is_mk ? KeyType::mk : KeyType::external_authentication;
    auto const key = find_key(card.memory().directories[*place], type, p2, version);
    return key ? std::optional{KeyIndex{*place, *key}} : std::nullopt;
}

std::optional<keys::Challenge> as_8_bytes(Bytes const& challenge) {
    if (challenge.empty() || challenge.size() > half_size) {
        return std::nullopt;
    }
    keys::Challenge filled{};
    std::copy(challenge.begin(), challenge.end(), filled.begin());
    return filled;
}

/// Original and process factor that the card itself gave. For an MK the last challenge is both
/// (cos-t514.md §3); else the first of two and the last (card.md §3.5).
struct Factors {
    keys::Challenge original;
    keys::Challenge process;
};
std::optional<Factors> factors_of(Challenges const& challenges, KeyType type) {
    auto const process = as_8_bytes(challenges.last);
    auto const original = type == KeyType::mk ? process : as_8_bytes(challenges.previous);
    if (!process || !original) {
        return std::nullopt;
    }
    return Factors{*original, *process};
}

apdu::StatusWord judge(Card& card, KeyIndex index, AuthenticationField const& field,
                       Factors const& factors) {
    StoredKey const& key = key_at(card.memory(), index);
    auto const right =
        keys::is_right_authentication(card.cipher(), cipher_key(card.memory(), key),
                                      factors.process, factors.original, field.first);
    if (!right.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    auto const refusal = spend_try(card, index);
    if (!right.value() || field.second != factors.original) {
        return refusal;
    }
    std::uint8_t const level = key.level;
    restore_tries(card, index);
    auto& state = card.security();
    bool const is_own = index.directory == state.directory;
    (is_own ? own_levels(card.memory(), state) : state.global).set(level);
    return apdu::sw::success;
}

} // namespace

Answer get_challenge(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    constexpr std::array<std::size_t, 3> sizes{0x04, 0x08, 0x10};
    bool const is_size = std::find(sizes.begin(), sizes.end(), command.ne) != sizes.end();
    Bytes challenge(is_size ? command.ne : half_size);
    card.random().fill(challenge);
    auto& state = card.security();
    state.fresh = Challenges{challenge, state.usable.last};
    return challenge;
}

Answer internal_authenticate(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    auto const field = parse_field(command.data);
    if (!field) {
        return apdu::sw::wrong_length;
    }
    auto const environment = environment_of_current(card);
    if (!environment) {
        return apdu::sw::key_not_found;
    }
    StoredDirectory const& place = card.memory().directories[*environment];
    auto const index = find_key(place, KeyType::irk, 0x00, field->version);
    if (!index) {
        return apdu::sw::key_not_found;
    }
    auto const answer = keys::authentication_data(
        card.cipher(), cipher_key(card.memory(), place.keys[*index]), field->first, field->second);
    if (!answer.ok()) {
        return apdu::sw::no_precise_diagnosis;
    }
    return Bytes{answer.value().begin(), answer.value().end()};
}

Answer external_authenticate(Card& card, CardCommand const& command) {
    if (command.p1 != 0x00) {
        return apdu::sw::wrong_p1_p2;
    }
    auto const field = parse_field(command.data);
    if (!field) {
        return apdu::sw::wrong_length;
    }
    auto const index = find_authentication_key(card, command.p2, field->version);
    if (!index) {
        return apdu::sw::key_not_found;
    }
    StoredKey const& key = key_at(card.memory(), *index);
    if (key.tries.is_locked()) {
        return apdu::sw::locked;
    }
    auto const factors = factors_of(card.security().usable, key.type);
    if (!factors) {
        return apdu::sw::conditions_not_satisfied;
    }
    return judge(card, *index, *field, *factors);
}

} // namespace virtual_card
