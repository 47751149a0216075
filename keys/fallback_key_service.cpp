#include "keys/fallback_key_service.hpp"

namespace keys {

std::optional<FallbackReason> fallback_reason(KeyFault const& fault) {
    switch (fault.reason) {
    case KeyFaultReason::back_end_absent:
        return FallbackReason::no_psam;
    case KeyFaultReason::algorithm_unsupported:
        return FallbackReason::algorithm_lacking;
    case KeyFaultReason::key_missing:
        return fault.key == apdu::KeyName::rk_ssse ? FallbackReason::reading_key_lacking
                                                   : FallbackReason::key_lacking;
    case KeyFaultReason::level_too_low:
        return FallbackReason::level_too_low;
    case KeyFaultReason::back_end_failed:
    case KeyFaultReason::back_end_lost:
    case KeyFaultReason::key_held_back:
    case KeyFaultReason::key_locked:
    case KeyFaultReason::terminal_key_missing:
    case KeyFaultReason::terminal_counter_refused:
    case KeyFaultReason::pin_block_malformed:
        break;
    }
    return std::nullopt;
}

template <typename Ask>
std::invoke_result_t<Ask, KeyService&> FallbackKeyService::ask(Ask const& request) const {
    auto answer = request(first_);
    if (answer.ok()) {
        return answer;
    }
    auto const reason = fallback_reason(answer.error());
    if (!reason) {
        return answer;
    }
    listener_.fell_back(*reason, answer.error());
    return request(second_);
}

bool FallbackKeyService::has(Algorithm algorithm, KeyReference key) const {
    return second_.has(algorithm, key) || first_.has(algorithm, key);
}

bool FallbackKeyService::holds_test_keys() const {
    return first_.holds_test_keys() || second_.holds_test_keys();
}

KeyResult<AuthenticationData> FallbackKeyService::internal_answer(CardIdentity const& card,
                                                                  std::uint8_t version,
                                                                  Challenge const& process,
                                                                  Challenge const& original) {
    return ask(
        [&](KeyService& keys) { return keys.internal_answer(card, version, process, original); });
}

KeyResult<AuthenticationData>
FallbackKeyService::external_authentication(CardIdentity const& card, KeyReference key,
                                            Challenge const& process, Challenge const& original) {
    return ask([&](KeyService& keys) {
        return keys.external_authentication(card, key, process, original);
    });
}

KeyResult<SecuredCommand> FallbackKeyService::maced_command(CardIdentity const& card,
                                                            KeyReference key,
                                                            Challenge const& process,
                                                            apdu::Command const& header,
                                                            apdu::ByteView data) {
    return ask(
        [&](KeyService& keys) { return keys.maced_command(card, key, process, header, data); });
}

KeyResult<SecuredCommand> FallbackKeyService::pin_reset_command(CardIdentity const& card,
                                                                Challenge const& process,
                                                                Pin const& new_pin) {
    return ask([&](KeyService& keys) { return keys.pin_reset_command(card, process, new_pin); });
}

KeyResult<SecuredCommand>
FallbackKeyService::terminal_pin_reset_command(CardIdentity const& card, Challenge const& process,
                                               TerminalPin const& new_pin) {
    auto const answer = first_.terminal_pin_reset_command(card, process, new_pin);
    bool const serves_none =
        !answer.ok() && answer.error().reason == KeyFaultReason::terminal_key_missing;
    return serves_none ? second_.terminal_pin_reset_command(card, process, new_pin) : answer;
}

apdu::Result<KeyBlock, KeyFaultReason>
FallbackKeyService::initial_key_block(InitialKeyId const& terminal,
                                      std::span<std::uint8_t const, key_block_random_size> random) {
    auto block = first_.initial_key_block(terminal, random);
    bool const serves_none = !block.ok() && block.error() == KeyFaultReason::terminal_key_missing;
    return serves_none ? second_.initial_key_block(terminal, random) : block;
}

KeyResult<std::array<std::uint8_t, 4>>
FallbackKeyService::card_id_authentication(CardIdentity const& card,
                                           std::span<std::uint8_t const, 12> first_parts) {
    return ask([&](KeyService& keys) { return keys.card_id_authentication(card, first_parts); });
}

KeyResult<AuthenticationData> FallbackKeyService::transport_proof(CardIdentity const& card) {
    return ask([&](KeyService& keys) { return keys.transport_proof(card); });
}

KeyResult<SecretCommand>
FallbackKeyService::temporary_mk_command(CardIdentity const& card,
                                         std::array<std::uint8_t, 8> const& header) {
    return ask([&](KeyService& keys) { return keys.temporary_mk_command(card, header); });
}

KeyResult<SecuredCommand>
FallbackKeyService::key_load_command(CardIdentity const& card, KeyLoad const& load,
                                     std::array<std::uint8_t, 4> const& challenge) {
    return ask([&](KeyService& keys) { return keys.key_load_command(card, load, challenge); });
}

KeyResult<SecuredCommand>
FallbackKeyService::pin_load_command(CardIdentity const& card, KeyReference under,
                                     std::array<std::uint8_t, 8> const& header, Pin const& pin,
                                     std::array<std::uint8_t, 4> const& challenge) {
    return ask([&](KeyService& keys) {
        return keys.pin_load_command(card, under, header, pin, challenge);
    });
}

KeyResult<AuthenticationData> FallbackKeyService::mk_authentication(CardIdentity const& card,
                                                                    KeyReference mk,
                                                                    Challenge const& challenge) {
    return ask([&](KeyService& keys) { return keys.mk_authentication(card, mk, challenge); });
}

KeyResult<std::uint8_t> FallbackKeyService::key_size(Algorithm algorithm, KeyReference key) const {
    auto size = first_.key_size(algorithm, key);
    return size.ok() ? size : second_.key_size(algorithm, key);
}

} // namespace keys
