#include "host/daemon/centre_service.hpp"

#include "host/session/hex_text.hpp"

#include <spdlog/spdlog.h>

#include <array>

namespace sscardd {
namespace {

using namespace keys::remote;
using apdu::KeyName;
using keys::Algorithm;
using keys::CardIdentity;

constexpr int http_ok = 200;
constexpr int http_refused = 403;
constexpr int http_locked = 423;
constexpr int http_busy = 503;

/// An operation's first bytes: enough to find it in a log, too few to use it.
std::string short_id(OperationId const& id) {
    return session::hex_text(apdu::ByteView{id}.first(4));
}

/// What those keys make of zeros, for a card that there is not: personalization/key_checks.hpp.
void add_zeros(keys::KeyService& keys, Algorithm algorithm, KeyCatalogue& to) {
    CardIdentity const nobody{algorithm, {}, {}};
    constexpr std::array names{KeyName::transport_key, KeyName::temporary_mk, KeyName::mk_mf,
                               KeyName::irk};
    for (KeyName const name : names) {
        if (!keys.has(algorithm, {name})) {
            continue;
        }
        auto const made = name == KeyName::transport_key ? keys.transport_proof(nobody)
                          : name == KeyName::irk         ? keys.internal_answer(nobody, 1, {}, {})
                                                 : keys.mk_authentication(nobody, {name}, {});
        if (made.ok()) {
            to.zeros.push_back({algorithm, name, made.value()});
        }
    }
}

CatalogueState state_of(api::KeyState state) {
    switch (state) {
    case api::KeyState::open:
        return CatalogueState::open;
    case api::KeyState::locked:
        return CatalogueState::locked;
    case api::KeyState::unusable:
        break;
    }
    return CatalogueState::unusable;
}

} // namespace

KeyCatalogue catalogue_of(KeyStore const& keys) {
    api::KeyReport const report = keys.report();
    KeyCatalogue told{state_of(report.state), report.test.value_or(false), {}, {}};
    for (api::KnownKey const& key : report.keys) {
        auto const name = apdu::key_name_from_text(key.name);
        auto const algorithm = keys::algorithm_from_text(key.algorithm);
        if (name && algorithm) {
            told.keys.push_back(
                {*name, key.tier, *algorithm, key.version, key.size, key.check_value});
        }
    }
    LaneKeys const at_hand = keys.service();
    if (at_hand.service != nullptr) {
        add_zeros(*at_hand.service, Algorithm::des3, told);
        add_zeros(*at_hand.service, Algorithm::sm4, told);
    }
    return told;
}

TlsAnswer CentreService::answer(TlsPeer const& peer, std::string_view path, std::string_view body) {
    CentreClient const* const client = settings_.find(peer.fingerprint, peer.subject);
    if (client == nullptr) {
        return refuse(
            nullptr, fmt::format("\"{}\", {}, at {}", peer.subject, peer.fingerprint, peer.address),
            Refusal::unknown_certificate);
    }
    if (watch_.is_blocked(client)) { // told when it began
        return {http_refused, {}};
    }
    if (path == step_path) {
        return stepped(*client, body);
    }
    if (path == open_path) {
        return opened(*client, body);
    }
    if (path == end_path) {
        return ended(*client, body);
    }
    if (path == keys_path) {
        return {http_ok, encode(catalogue_of(keys_))};
    }
    return refuse(*client, Refusal::malformed);
}

TlsAnswer CentreService::opened(CentreClient const& client, std::string_view body) {
    auto const request = parse_operation_request(body);
    if (!request) {
        return refuse(client, Refusal::malformed);
    }
    auto const outcome = operations_.open(client, *request);
    if (outcome.refusal) {
        return refuse(client, *outcome.refusal);
    }
    if (!outcome.value) {
        spdlog::warn("centre: {}: too many operations are open", client.name);
        return {http_busy, {}};
    }
    spdlog::info("centre: {}: operation {}: {} by {}, card {}", client.name,
                 short_id(outcome.value->operation), to_text(request->purpose), request->requester,
                 session::hex_text(request->card.historical));
    return {http_ok, encode(*outcome.value)};
}

TlsAnswer CentreService::stepped(CentreClient const& client, std::string_view body) {
    auto const step = parse_step(body);
    if (!step) {
        return refuse(client, Refusal::malformed);
    }
    auto const perform = [this](CardIdentity const& card,
                                SeamCall const& call) -> std::optional<WipedText> {
        LaneKeys const at_hand = keys_.service();
        if (at_hand.service == nullptr) {
            return std::nullopt;
        }
        auto answer = keys::remote::perform(*at_hand.service, card, call);
        auto text = encode(answer);
        if (answer.ok()) {
            WipedBytes const wiped{std::move(answer).value()};
        }
        return text;
    };
    auto outcome = operations_.step(client, *step, body, perform);
    if (outcome.refusal) {
        return refuse(client, *outcome.refusal);
    }
    if (!outcome.value) {
        spdlog::warn("centre: {}: the keys are locked", client.name);
        return {http_locked, {}};
    }
    spdlog::debug("centre: {}: operation {}: step {}, {}", client.name, short_id(step->operation),
                  step->number, to_text(request_of(step->call)));
    return {http_ok, std::move(*outcome.value)};
}

TlsAnswer CentreService::ended(CentreClient const& client, std::string_view body) {
    auto const id = parse_end(body);
    if (!id) {
        return refuse(client, Refusal::malformed);
    }
    if (auto const refusal = operations_.end(client, *id)) {
        return refuse(client, *refusal);
    }
    return {http_ok, WipedText{std::string{"{}"}}};
}

TlsAnswer CentreService::refuse(CentreClient const* client, std::string const& name, Refusal why) {
    auto const count = watch_.note(client);
    spdlog::warn("centre: {}: refused: {}; number {} in all", name, to_text(why), count.in_all);
    if (count.is_alarm) {
        spdlog::critical("centre: ALARM: {}: {} refusals within {} s; it gets nothing for {} s",
                         name, settings_.limits.refusals_max,
                         settings_.limits.refusals_within.count(),
                         settings_.limits.block_time.count());
        events_.add(api::EventKind::centre_alarm, {.operation = name});
    }
    return {http_refused, {}};
}

} // namespace sscardd
