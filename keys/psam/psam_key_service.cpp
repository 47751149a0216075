#include "keys/psam/psam_key_service.hpp"

#include "keys/data_encryption.hpp"
#include "keys/wiped_buffer.hpp"

namespace keys::psam {
namespace {

KeyFault fault_for(KeyFaultReason reason, Algorithm algorithm, KeyReference key) {
    return {reason, key.name, algorithm, key.version};
}

KeyFault missing(Algorithm algorithm, KeyReference key) {
    bool const is_refused = algorithm == Algorithm::ssf33;
    return {is_refused ? KeyFaultReason::algorithm_unsupported : KeyFaultReason::key_missing,
            key.name, algorithm, key.version};
}

/// card ‖ city ‖ province: as many as there are dispersals. card.md §3.4.
std::array<std::uint8_t, 24> factors_of(CardIdentity const& card) {
    std::array<std::uint8_t, 24> factors{};
    apdu::ByteSpan const all{factors};
    apdu::copy_bytes(card.factor(), all);
    apdu::copy_bytes(city_factor(card.region), all.subspan(8));
    apdu::copy_bytes(province_factor(card.region), all.subspan(16));
    return factors;
}

} // namespace

class PsamKeyService::Turn {
public:
    explicit Turn(PsamTurns* turns) : turns_{turns} {
        if (turns_ != nullptr) {
            turns_->begin();
        }
    }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    ~Turn() {
        if (turns_ != nullptr) {
            turns_->end();
        }
    }

private:
    PsamTurns* turns_;
};

PsamResult<PsamKey> PsamKeyService::find(Algorithm algorithm, KeyReference key) const {
    if (algorithm == Algorithm::ssf33) {
        return KeyFaultReason::algorithm_unsupported;
    }
    auto const found = psam_key_of(settings_, key.name);
    bool const is_usable = found && (can_mac(*found) || can_encrypt(*found)) &&
                           dispersals_of(*found) >= 1 && dispersals_of(*found) <= 3;
    std::uint8_t const groups = key_row(key.name).groups;
    if (!is_usable || key.version < 1 || key.version > groups) {
        return KeyFaultReason::key_missing;
    }
    auto const facts = psam_.facts();
    if (!facts.ok()) {
        return facts.error();
    }
    if (!facts.value().has(algorithm)) {
        return KeyFaultReason::algorithm_unsupported;
    }
    // A PSAM has one version of a key that the card has three of. card.md §3.3.
    if (groups > 1 && key.version != facts.value().key_version()) {
        return KeyFaultReason::key_missing;
    }
    return *found;
}

PsamResult<apdu::Done> PsamKeyService::deliver(CardIdentity const& card, KeyReference key,
                                               Challenge const& process) {
    auto const found = find(card.algorithm, key);
    if (!found.ok()) {
        return found.error();
    }
    unsigned const dispersals = dispersals_of(found.value());
    auto const facts = psam_.facts();
    if (!facts.ok()) {
        return facts.error();
    }
    // A wrong key of a right kind costs a card one of its tries: what cannot fit is not tried.
    auto own = settings_.region;
    if (!own && facts.value().terminal) {
        TerminalNumber const& number = *facts.value().terminal;
        own = {number[0], number[1], number[2]};
    }
    if (own && !serves(dispersals, *own, card.region)) {
        return KeyFaultReason::level_too_low;
    }
    auto const factors = factors_of(card);
    return psam_.deliver({card.algorithm, card.region[0], found.value(),
                          apdu::ByteView{factors}.first(dispersals * std::size_t{8}), process});
}

PsamKeyService::Known PsamKeyService::probe(Algorithm algorithm, PsamKey key) const {
    auto const facts = psam_.facts();
    auto own = settings_.region;
    if (!own && facts.ok() && facts.value().terminal) {
        own = {(*facts.value().terminal)[0], 0x00, 0x00};
    }
    if (!own) {
        return Known::not_asked;
    }
    std::array<std::uint8_t, 24> const factors{};
    auto const delivered =
        psam_.deliver({algorithm,
                       (*own)[0],
                       key,
                       apdu::ByteView{factors}.first(dispersals_of(key) * std::size_t{8}),
                       {}});
    if (delivered.ok()) {
        return Known::there;
    }
    KeyFaultReason const reason = delivered.error();
    bool const is_missing =
        reason == KeyFaultReason::key_missing || reason == KeyFaultReason::level_too_low;
    return is_missing ? Known::missing : Known::not_asked;
}

bool PsamKeyService::has(Algorithm algorithm, KeyReference key) const {
    Turn const turn{turns_};
    auto const found = find(algorithm, key);
    if (!found.ok()) {
        KeyFaultReason const reason = found.error();
        return reason == KeyFaultReason::back_end_lost || reason == KeyFaultReason::back_end_failed;
    }
    KnownKeys& all = algorithm == Algorithm::sm4 ? known_sm4_ : known_des3_;
    Known& known = all[static_cast<std::size_t>(key.name)];
    if (known == Known::not_asked) {
        known = probe(algorithm, found.value());
    }
    return known != Known::missing;
}

KeyResult<AuthenticationData> PsamKeyService::internal_answer(CardIdentity const& card,
                                                              std::uint8_t version,
                                                              Challenge const& process,
                                                              Challenge const& original) {
    return external_authentication(card, {apdu::KeyName::irk, version}, process, original);
}

KeyResult<AuthenticationData> PsamKeyService::external_authentication(CardIdentity const& card,
                                                                      KeyReference key,
                                                                      Challenge const& process,
                                                                      Challenge const& original) {
    Turn const turn{turns_};
    auto const delivered = deliver(card, key, process);
    if (!delivered.ok()) {
        return fault_for(delivered.error(), card.algorithm, key);
    }
    // The original value fills a block, which folds to 8 bytes again. card.md §3.5.
    std::size_t const size = block_size(card.algorithm);
    std::array<std::uint8_t, block_size_max> block{};
    apdu::copy_bytes(original, block);
    auto const encrypted = psam_.encrypt(apdu::ByteSpan{block}.first(size));
    if (!encrypted.ok()) {
        return fault_for(encrypted.error(), card.algorithm, key);
    }
    AuthenticationData data{};
    for (std::size_t i = 0; i < size; ++i) {
        data[i % data.size()] ^= block[i];
    }
    return data;
}

KeyResult<SecuredCommand> PsamKeyService::add_mac(CardIdentity const& card, KeyReference key,
                                                  apdu::Command const& header,
                                                  apdu::ByteView data) {
    apdu::require(data.size() <= maced_data_max);
    apdu::require(header.data().empty() && header.ne() == 0);
    SecuredCommand command{};
    command.bytes = {header.cla().value(), static_cast<std::uint8_t>(header.ins()), header.p1(),
                     header.p2(), static_cast<std::uint8_t>(data.size() + mac_size)};
    apdu::copy_bytes(data, apdu::ByteSpan{command.bytes}.subspan(5));
    command.size = 5 + data.size();
    auto const mac = psam_.mac(command.view());
    if (!mac.ok()) {
        return fault_for(mac.error(), card.algorithm, key);
    }
    apdu::copy_bytes(mac.value(), apdu::ByteSpan{command.bytes}.subspan(command.size));
    command.size += mac_size;
    return command;
}

KeyResult<SecuredCommand> PsamKeyService::maced_command(CardIdentity const& card, KeyReference key,
                                                        Challenge const& process,
                                                        apdu::Command const& header,
                                                        apdu::ByteView data) {
    Turn const turn{turns_};
    return mac_under(card, key, process, header, data);
}

KeyResult<SecuredCommand> PsamKeyService::mac_under(CardIdentity const& card, KeyReference key,
                                                    Challenge const& process,
                                                    apdu::Command const& header,
                                                    apdu::ByteView data) {
    auto const found = psam_key_of(settings_, key.name);
    if (!found || !can_mac(*found)) {
        return missing(card.algorithm, key);
    }
    auto const delivered = deliver(card, key, process);
    if (!delivered.ok()) {
        return fault_for(delivered.error(), card.algorithm, key);
    }
    return add_mac(card, key, header, data);
}

KeyResult<SecuredCommand> PsamKeyService::pin_reset_command(CardIdentity const& card,
                                                            Challenge const& process,
                                                            Pin const& new_pin) {
    Turn const turn{turns_};
    KeyReference const stk{apdu::KeyName::stk_ssse};
    auto const found = psam_key_of(settings_, stk.name);
    if (!found || !can_encrypt(*found) || !can_mac(*found)) {
        return missing(card.algorithm, stk);
    }
    auto const delivered = deliver(card, stk, process);
    if (!delivered.ok()) {
        return fault_for(delivered.error(), card.algorithm, stk);
    }
    // Length ‖ PIN, padded 80 00… unless it fills a block. card.md §3.5.
    std::size_t const size = block_size(card.algorithm);
    apdu::ByteView const pin = new_pin.expose();
    static_assert(1 + pin_size_max < 8, "there is always room for 80");
    WipedBuffer<block_size_max> block;
    block.expose()[0] = static_cast<std::uint8_t>(pin.size());
    apdu::copy_bytes(pin, apdu::ByteSpan{block.expose()}.subspan(1));
    block.expose()[1 + pin.size()] = 0x80;
    apdu::ByteSpan const data = apdu::ByteSpan{block.expose()}.first(size);
    auto const encrypted = psam_.encrypt(data);
    if (!encrypted.ok()) {
        return fault_for(encrypted.error(), card.algorithm, stk);
    }
    // The same session key once more: ciphering used it up.
    apdu::Command const header{apdu::Cla::proprietary_secure, apdu::Ins::pin_change_unblock, 0x00,
                               0x01};
    return mac_under(card, stk, process, header, data);
}

KeyResult<std::array<std::uint8_t, 4>>
PsamKeyService::card_id_authentication(CardIdentity const& card,
                                       std::span<std::uint8_t const, 12> /*first_parts*/) {
    // Made with IRK itself, and a PSAM gives session keys only.
    return missing(card.algorithm, {apdu::KeyName::irk});
}

KeyResult<AuthenticationData> PsamKeyService::transport_proof(CardIdentity const& card) {
    return missing(card.algorithm, {apdu::KeyName::transport_key});
}

KeyResult<SecretCommand>
PsamKeyService::temporary_mk_command(CardIdentity const& card,
                                     std::array<std::uint8_t, 8> const& /*header*/) {
    return missing(card.algorithm, {apdu::KeyName::temporary_mk});
}

KeyResult<SecuredCommand>
PsamKeyService::key_load_command(CardIdentity const& card, KeyLoad const& load,
                                 std::array<std::uint8_t, 4> const& /*challenge*/) {
    return missing(card.algorithm, load.under);
}

KeyResult<SecuredCommand>
PsamKeyService::pin_load_command(CardIdentity const& card, KeyReference under,
                                 std::array<std::uint8_t, 8> const& /*header*/, Pin const& /*pin*/,
                                 std::array<std::uint8_t, 4> const& /*challenge*/) {
    return missing(card.algorithm, under);
}

KeyResult<AuthenticationData> PsamKeyService::mk_authentication(CardIdentity const& card,
                                                                KeyReference mk,
                                                                Challenge const& /*challenge*/) {
    return missing(card.algorithm, mk);
}

KeyResult<std::uint8_t> PsamKeyService::key_size(Algorithm algorithm, KeyReference key) const {
    return missing(algorithm, key);
}

} // namespace keys::psam
