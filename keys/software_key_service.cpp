#include "keys/software_key_service.hpp"

#include "keys/authentication_data.hpp"
#include "keys/key_writing.hpp"
#include "keys/mac.hpp"
#include "keys/session_key.hpp"
#include "keys/transport_key.hpp"

namespace keys {
namespace {

KeyFault fault(KeyFaultReason reason, Algorithm algorithm, KeyReference key) {
    return {reason, key.name, algorithm, key.version};
}

KeyFaultReason reason_of(CipherError error) {
    switch (error) {
    case CipherError::unsupported:
        return KeyFaultReason::algorithm_unsupported;
    case CipherError::held_back:
        return KeyFaultReason::key_held_back;
    case CipherError::back_end_failed:
    case CipherError::malformed:
        break;
    }
    return KeyFaultReason::back_end_failed;
}

/// The result as the seam gives it; only a back end can fail where nothing is decrypted.
template <typename T>
KeyResult<T> of_key(CipherResult<T> result, CardIdentity const& card, KeyReference key) {
    if (!result.ok()) {
        return fault(reason_of(result.error()), card.algorithm, key);
    }
    return std::move(result).value();
}

} // namespace

KeyResult<MasterKey const*> SoftwareKeyService::master(Algorithm algorithm,
                                                       KeyReference key) const {
    if (algorithm == Algorithm::ssf33) {
        return fault(KeyFaultReason::algorithm_unsupported, algorithm, key);
    }
    MasterKey const* const found = find_master(masters_, algorithm, key);
    if (found == nullptr) {
        return fault(KeyFaultReason::key_missing, algorithm, key);
    }
    return found;
}

KeyResult<CardKey> SoftwareKeyService::card_key(CardIdentity const& card, KeyReference key) {
    auto const found = master(card.algorithm, key);
    if (!found.ok()) {
        return found.error();
    }
    return of_key(card_key_of(cipher_, *found.value(), card), card, key);
}

KeyResult<CardKey> SoftwareKeyService::card_key_in_memory(CardIdentity const& card,
                                                          KeyReference key) {
    auto const own = card_key(card, key);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(cipher_.in_memory(own.value()), card, key);
}

KeyResult<CardKey> SoftwareKeyService::card_session_key(CardIdentity const& card, KeyReference key,
                                                        Challenge const& process) {
    auto const own = card_key(card, key);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(session_key(cipher_, own.value(), process), card, key);
}

bool SoftwareKeyService::has(Algorithm algorithm, KeyReference key) const {
    return find_master(masters_, algorithm, key) != nullptr;
}

bool SoftwareKeyService::holds_test_keys() const { return masters_.are_test_keys; }

KeyResult<AuthenticationData> SoftwareKeyService::internal_answer(CardIdentity const& card,
                                                                  std::uint8_t version,
                                                                  Challenge const& process,
                                                                  Challenge const& original) {
    return external_authentication(card, {apdu::KeyName::irk, version}, process, original);
}

KeyResult<AuthenticationData>
SoftwareKeyService::external_authentication(CardIdentity const& card, KeyReference key,
                                            Challenge const& process, Challenge const& original) {
    auto const own = card_key(card, key);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(authentication_data(cipher_, own.value(), process, original), card, key);
}

KeyResult<SecuredCommand> SoftwareKeyService::maced_command(CardIdentity const& card,
                                                            KeyReference key,
                                                            Challenge const& process,
                                                            apdu::Command const& header,
                                                            apdu::ByteView data) {
    auto const session = card_session_key(card, key, process);
    if (!session.ok()) {
        return session.error();
    }
    return of_key(keys::maced_command(cipher_, session.value(), header, data), card, key);
}

KeyResult<SecuredCommand> SoftwareKeyService::pin_reset_command(CardIdentity const& card,
                                                                Challenge const& process,
                                                                Pin const& new_pin) {
    KeyReference const stk{apdu::KeyName::stk_ssse};
    auto const session = card_session_key(card, stk, process);
    if (!session.ok()) {
        return session.error();
    }
    return of_key(keys::pin_reset_command(cipher_, session.value(), new_pin), card, stk);
}

KeyResult<SecuredCommand>
SoftwareKeyService::terminal_pin_reset_command(CardIdentity const& card, Challenge const& process,
                                               TerminalPin const& new_pin) {
    KeyReference const stk{apdu::KeyName::stk_ssse};
    if (!terminals_) {
        return fault(KeyFaultReason::terminal_key_missing, card.algorithm, stk);
    }
    // The card's key first: what is missing here must not cost the terminal its transaction.
    auto const session = card_session_key(card, stk, process);
    if (!session.ok()) {
        return session.error();
    }
    auto const pin = open_terminal_pin(terminals_->cipher, terminals_->counters, masters_.terminals,
                                       new_pin, card_pan(card.factor().first<8>()));
    if (!pin.ok()) {
        return fault(pin.error(), card.algorithm, stk);
    }
    return of_key(keys::pin_reset_command(cipher_, session.value(), pin.value()), card, stk);
}

apdu::Result<KeyBlock, KeyFaultReason>
SoftwareKeyService::initial_key_block(InitialKeyId const& terminal,
                                      std::span<std::uint8_t const, key_block_random_size> random) {
    if (!terminals_) {
        return KeyFaultReason::terminal_key_missing;
    }
    return make_initial_key_block(terminals_->cipher, masters_.terminals, terminal, random);
}

KeyResult<std::array<std::uint8_t, 4>>
SoftwareKeyService::card_id_authentication(CardIdentity const& card,
                                           std::span<std::uint8_t const, 12> first_parts) {
    KeyReference const irk{apdu::KeyName::irk};
    auto const own = card_key_in_memory(card, irk);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(mac(cipher_, own.value(), first_parts), card, irk);
}

KeyResult<AuthenticationData> SoftwareKeyService::transport_proof(CardIdentity const& card) {
    KeyReference const transport{apdu::KeyName::transport_key};
    auto const own = card_key(card, transport);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(keys::transport_proof(cipher_, own.value(), card.transport_data().first<6>()),
                  card, transport);
}

KeyResult<SecretCommand>
SoftwareKeyService::temporary_mk_command(CardIdentity const& card,
                                         std::array<std::uint8_t, 8> const& header) {
    auto const own = card_key_in_memory(card, {apdu::KeyName::temporary_mk});
    if (!own.ok()) {
        return own.error();
    }
    return plain_write_key_command(0x01, header, own.value());
}

KeyResult<SecuredCommand>
SoftwareKeyService::key_load_command(CardIdentity const& card, KeyLoad const& load,
                                     std::array<std::uint8_t, 4> const& challenge) {
    auto const mk = card_key_in_memory(card, load.under);
    if (!mk.ok()) {
        return mk.error();
    }
    auto const own = card_key_in_memory(card, load.key);
    if (!own.ok()) {
        return own.error();
    }
    return of_key(
        write_key_command(cipher_, mk.value(), load.p1, load.header, own.value(), challenge), card,
        load.key);
}

KeyResult<SecuredCommand>
SoftwareKeyService::pin_load_command(CardIdentity const& card, KeyReference under,
                                     std::array<std::uint8_t, 8> const& header, Pin const& pin,
                                     std::array<std::uint8_t, 4> const& challenge) {
    auto const mk = card_key_in_memory(card, under);
    if (!mk.ok()) {
        return mk.error();
    }
    return of_key(write_pin_command(cipher_, mk.value(), header, pin, challenge), card, under);
}

KeyResult<AuthenticationData> SoftwareKeyService::mk_authentication(CardIdentity const& card,
                                                                    KeyReference mk,
                                                                    Challenge const& challenge) {
    return external_authentication(card, mk, challenge, challenge);
}

KeyResult<std::uint8_t> SoftwareKeyService::key_size(Algorithm algorithm, KeyReference key) const {
    auto const found = master(algorithm, key);
    if (!found.ok()) {
        return found.error();
    }
    return static_cast<std::uint8_t>(found.value()->secret.size());
}

} // namespace keys
