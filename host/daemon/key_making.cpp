#include "host/daemon/key_making.hpp"

#include <algorithm>
#include <array>

namespace sscardd {
namespace {

using keys::custody::KeyComponents;

constexpr std::array<std::string_view, 3> tier_texts{"ministry", "province", "city"};
constexpr std::array<std::string_view, 3> cipher_texts{"DES", "3DES", "SM4"};

/// The value whose name that is, or a problem.
template <typename E, std::size_t size>
std::optional<E> named(std::array<std::string_view, size> const& names, std::string const& text,
                       char const* where, api::Fault& invalid) {
    auto const* const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) {
        invalid.problems.push_back({where, "unknown_value", ""});
        return std::nullopt;
    }
    return static_cast<E>(found - names.begin());
}

std::string algorithm_text(keys::CipherKind kind) {
    return std::string{keys::to_text(keys::card_algorithm(kind))};
}

} // namespace

std::optional<KeyMaking::Plan> KeyMaking::read(api::KeyCeremonyRequest const& request,
                                               api::Fault& invalid) {
    auto const name = apdu::key_name_from_text(request.name);
    if (!name) {
        invalid.problems.push_back({"/name", "unknown_value", ""});
    }
    auto const kind =
        named<keys::CipherKind>(cipher_texts, request.algorithm, "/algorithm", invalid);
    auto const tier = named<keys::Tier>(tier_texts, request.tier, "/tier", invalid);
    if (request.version && (*request.version < 1 || *request.version > keys::key_version_max)) {
        invalid.problems.push_back({"/version", "out_of_range", "1 to 3"});
    }
    auto const expected = expected_check_value(request.check_value, invalid);
    if (!invalid.problems.empty()) {
        return std::nullopt;
    }
    return Plan{*name, *kind, *tier, request.version, expected};
}

api::Outcome<std::unique_ptr<CustodyAct>> KeyMaking::begin(KeyStore& store,
                                                           api::KeyCeremonyRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    api::Fault invalid = api::fault(api::code::request_invalid);
    auto const plan = read(request, invalid);
    if (!plan) {
        return invalid;
    }
    for (api::KnownKey const& key : store.report().keys) {
        if (key.name == request.name && key.algorithm == algorithm_text(plan->kind) &&
            key.version == plan->version) {
            return api::fault("key_known", key.check_value);
        }
    }
    auto parts =
        components(plan->kind, request.custodians.size(), request.generate, plan->check_value);
    if (!parts.ok()) {
        return parts.error();
    }
    return std::unique_ptr<CustodyAct>{new KeyMaking{store, *plan, std::move(parts).value()}};
}

api::Outcome<apdu::Done> KeyMaking::carry_out() {
    auto key = composed();
    if (!key.ok()) {
        return key.error();
    }
    keys::sealed::KeyBundle keys;
    keys.cards.push_back(
        {plan_.name, plan_.version, plan_.tier, std::get<keys::CardKey>(std::move(key).value())});
    return store_.take(std::move(keys));
}

void KeyMaking::describe(audit::Minutes& minutes) const {
    describe_components(minutes);
    minutes.keys = {{std::string{apdu::to_text(plan_.name)},
                     std::string{tier_texts.at(static_cast<std::size_t>(plan_.tier))},
                     std::string{cipher_texts.at(static_cast<std::size_t>(plan_.kind))},
                     plan_.version, check_value()}};
}

} // namespace sscardd
