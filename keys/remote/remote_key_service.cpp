#include "keys/remote/remote_key_service.hpp"

#include "keys/remote/pin_digits.hpp"

#include <algorithm>
#include <thread>

namespace keys::remote {
namespace {

constexpr std::chrono::milliseconds first_pause{200};

bool is_same_card(CardIdentity const& left, CardIdentity const& right) {
    return left.algorithm == right.algorithm && left.region == right.region &&
           left.historical == right.historical;
}

/// The card that there is not, which keys are compared over.
bool is_nobody(CardIdentity const& card) {
    return is_same_card(card, CardIdentity{card.algorithm, {}, {}});
}

KeyFault unreadable(CardIdentity const& card, KeyReference key) {
    return {KeyFaultReason::back_end_failed, key.name, card.algorithm, key.version};
}

template <std::size_t size>
KeyResult<std::array<std::uint8_t, size>> exactly(KeyResult<WipedBytes> const& answer,
                                                  CardIdentity const& card, KeyReference key) {
    if (!answer.ok()) {
        return answer.error();
    }
    auto const& bytes = answer.value().content();
    if (bytes.size() != size) {
        return unreadable(card, key);
    }
    std::array<std::uint8_t, size> data{};
    apdu::copy_bytes(bytes, data);
    return data;
}

KeyResult<SecuredCommand> secured(KeyResult<WipedBytes> const& answer, CardIdentity const& card,
                                  KeyReference key) {
    if (!answer.ok()) {
        return answer.error();
    }
    auto const& bytes = answer.value().content();
    auto const parsed = apdu::Command::parse(bytes);
    SecuredCommand command;
    if (!parsed.ok() || parsed.value().data().size() < mac_size ||
        bytes.size() > command.bytes.size()) {
        return unreadable(card, key);
    }
    apdu::copy_bytes(bytes, command.bytes);
    command.size = bytes.size();
    return command;
}

} // namespace

void pause_for(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

RemoteKeyService::~RemoteKeyService() {
    bool const is_lost = trouble_ && trouble_->code == LinkFaultCode::unreachable;
    for (Operation const& operation : operations_) {
        if (!is_lost) { // else it expires
            end(operation);
        }
    }
}

bool RemoteKeyService::has(Algorithm algorithm, KeyReference key) const {
    return find_key(*catalogue_, algorithm, key) != nullptr;
}

bool RemoteKeyService::holds_test_keys() const { return catalogue_->are_test_keys; }

KeyResult<std::uint8_t> RemoteKeyService::key_size(Algorithm algorithm, KeyReference key) const {
    if (algorithm == Algorithm::ssf33) {
        return KeyFault{KeyFaultReason::algorithm_unsupported, key.name, algorithm, key.version};
    }
    CatalogueKey const* const found = find_key(*catalogue_, algorithm, key);
    if (found == nullptr) {
        return KeyFault{KeyFaultReason::key_missing, key.name, algorithm, key.version};
    }
    return found->size;
}

KeyFault RemoteKeyService::failed(CardIdentity const& card, SeamCall const& call) const {
    return unreadable(card, key_of(call));
}

/// Lost requests are sent again; what the centre refuses, or answers with nonsense, is not.
std::optional<WipedText> RemoteKeyService::exchange(std::string_view path, WipedText const& body) {
    auto wait = first_pause;
    for (unsigned attempt = 1; !is_given_up_; ++attempt) {
        auto answer = link_.exchange(path, body);
        if (answer.ok()) {
            trouble_.reset();
            return std::move(answer).value();
        }
        trouble_ = answer.error();
        if (answer.error().code != LinkFaultCode::unreachable || attempt == attempts_max) {
            is_given_up_ = true;
            break;
        }
        if (attempt > 1) { // a kept connection that the centre has closed is no reason to wait
            pause_(wait);
            wait *= 2;
        }
    }
    return std::nullopt;
}

RemoteKeyService::Operation* RemoteKeyService::operation_for(CardIdentity const& card) {
    auto const known =
        std::find_if(operations_.begin(), operations_.end(), [&card](Operation const& operation) {
            return is_same_card(operation.card, card);
        });
    if (known != operations_.end()) {
        return &*known;
    }
    auto const answer =
        exchange(open_path, encode(OperationRequest{use_.purpose, card, use_.requester}));
    auto grant = answer ? parse_operation_grant(answer->content()) : std::nullopt;
    if (!grant) {
        if (answer) {
            trouble_ = LinkFault{LinkFaultCode::unreadable};
            is_given_up_ = true;
        }
        return nullptr;
    }
    if (operations_.size() == operations_max) {
        end(operations_.front());
        operations_.erase(operations_.begin());
    }
    operations_.push_back({card, std::move(*grant)});
    return &operations_.back();
}

void RemoteKeyService::end(Operation const& operation) {
    static_cast<void>(link_.exchange(end_path, encode_end(operation.grant.operation)));
}

RemoteKeyService::Bytes RemoteKeyService::ask(CardIdentity const& card, SeamCall call) {
    Operation* const operation = operation_for(card);
    if (operation == nullptr) {
        return failed(card, call);
    }
    auto const rule =
        std::find_if(operation->grant.steps.begin(), operation->grant.steps.end(),
                     [&call](StepRule const& one) { return one.times > 0 && is_for(one, call); });
    if (rule == operation->grant.steps.end()) {
        trouble_ = LinkFault{LinkFaultCode::refused, std::string{to_text(request_of(call))} +
                                                         " is no part of " +
                                                         std::string{to_text(use_.purpose)}};
        return failed(card, call);
    }
    --rule->times;
    Step const step{operation->grant.operation, ++operation->last_step, card, std::move(call)};
    auto const text = exchange(step_path, encode(step));
    if (!text) {
        return failed(card, step.call);
    }
    auto answer = parse_answer(text->content(), card.algorithm);
    if (!answer) {
        trouble_ = LinkFault{LinkFaultCode::unreadable};
        is_given_up_ = true;
        return failed(card, step.call);
    }
    if (!answer->ok()) {
        return answer->error();
    }
    return WipedBytes{std::move(*answer).value()};
}

std::optional<AuthenticationData> RemoteKeyService::of_zeros(CardIdentity const& card,
                                                             apdu::KeyName key) const {
    if (!is_nobody(card)) {
        return std::nullopt;
    }
    for (MadeOfZeros const& made : catalogue_->zeros) {
        if (made.name == key && made.algorithm == card.algorithm) {
            return made.data;
        }
    }
    return std::nullopt;
}

KeyResult<AuthenticationData> RemoteKeyService::internal_answer(CardIdentity const& card,
                                                                std::uint8_t version,
                                                                Challenge const& process,
                                                                Challenge const& original) {
    KeyReference const irk{apdu::KeyName::irk, version};
    auto const known = of_zeros(card, irk.name);
    if (known && version == 1 && process == Challenge{} && original == Challenge{}) {
        return *known;
    }
    return exactly<8>(ask(card, InternalAnswer{version, process, original}), card, irk);
}

KeyResult<AuthenticationData> RemoteKeyService::external_authentication(CardIdentity const& card,
                                                                        KeyReference key,
                                                                        Challenge const& process,
                                                                        Challenge const& original) {
    return exactly<8>(ask(card, ExternalAuthentication{key, process, original}), card, key);
}

KeyResult<SecuredCommand> RemoteKeyService::maced_command(CardIdentity const& card,
                                                          KeyReference key,
                                                          Challenge const& process,
                                                          apdu::Command const& header,
                                                          apdu::ByteView data) {
    apdu::require(data.size() <= maced_data_max && header.data().empty() && header.ne() == 0);
    std::array<std::uint8_t, 4> const bytes{
        header.cla().value(), static_cast<std::uint8_t>(header.ins()), header.p1(), header.p2()};
    return secured(ask(card, MacedCommand{key, process, bytes, {data.begin(), data.end()}}), card,
                   key);
}

KeyResult<SecuredCommand> RemoteKeyService::pin_reset_command(CardIdentity const& card,
                                                              Challenge const& process,
                                                              Pin const& new_pin) {
    return secured(ask(card, PinReset{process, copy_of(new_pin)}), card, {apdu::KeyName::stk_ssse});
}

KeyResult<SecuredCommand> RemoteKeyService::terminal_pin_reset_command(CardIdentity const& card,
                                                                       Challenge const& process,
                                                                       TerminalPin const& new_pin) {
    return secured(ask(card, TerminalPinReset{process, new_pin}), card, {apdu::KeyName::stk_ssse});
}

KeyResult<std::array<std::uint8_t, 4>>
RemoteKeyService::card_id_authentication(CardIdentity const& card,
                                         std::span<std::uint8_t const, 12> first_parts) {
    CardIdAuthentication call;
    apdu::copy_bytes(first_parts, call.first_parts);
    return exactly<4>(ask(card, call), card, {apdu::KeyName::irk});
}

KeyResult<AuthenticationData> RemoteKeyService::transport_proof(CardIdentity const& card) {
    KeyReference const transport_key{apdu::KeyName::transport_key};
    if (auto const known = of_zeros(card, transport_key.name)) {
        return *known;
    }
    return exactly<8>(ask(card, TransportProof{}), card, transport_key);
}

KeyResult<SecretCommand>
RemoteKeyService::temporary_mk_command(CardIdentity const& card,
                                       std::array<std::uint8_t, 8> const& header) {
    auto const answer = ask(card, TemporaryMk{header});
    if (!answer.ok()) {
        return answer.error();
    }
    auto const parsed = apdu::Command::parse(answer.value().content());
    if (!parsed.ok() || !parsed.value().is_short() || parsed.value().ne() != 0) {
        return unreadable(card, {apdu::KeyName::temporary_mk});
    }
    return SecretCommand{parsed.value()};
}

KeyResult<SecuredCommand>
RemoteKeyService::key_load_command(CardIdentity const& card, KeyLoad const& load,
                                   std::array<std::uint8_t, 4> const& challenge) {
    return secured(ask(card, KeyLoading{load, challenge}), card, load.key);
}

KeyResult<SecuredCommand>
RemoteKeyService::pin_load_command(CardIdentity const& card, KeyReference under,
                                   std::array<std::uint8_t, 8> const& header, Pin const& pin,
                                   std::array<std::uint8_t, 4> const& challenge) {
    return secured(ask(card, PinLoading{under, header, copy_of(pin), challenge}), card, under);
}

KeyResult<AuthenticationData> RemoteKeyService::mk_authentication(CardIdentity const& card,
                                                                  KeyReference mk,
                                                                  Challenge const& challenge) {
    auto const known = of_zeros(card, mk.name);
    if (known && challenge == Challenge{}) {
        return *known;
    }
    return exactly<8>(ask(card, MkAuthentication{mk, challenge}), card, mk);
}

} // namespace keys::remote
