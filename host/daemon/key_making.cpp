#include "host/daemon/key_making.hpp"

#include "keys/openssl/evp_cipher.hpp"

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
    std::optional<keys::CheckValue> expected;
    if (request.check_value) {
        expected = check_value_from(*request.check_value);
        if (!expected) {
            invalid.problems.push_back({"/check_value", "malformed", "6 hex digits"});
        }
    }
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
    auto components = KeyComponents::begin(plan->kind, request.custodians.size());
    if (!components.ok()) {
        return message_of(components.error());
    }
    if (request.generate) {
        if (auto const made = components.value().generate(); !made.ok()) {
            return message_of(made.error());
        }
    }
    return std::unique_ptr<CustodyAct>{
        new KeyMaking{store, *plan, std::move(components).value(), request.generate}};
}

std::uint32_t KeyMaking::digits() const { return 2U * keys::key_size(plan_.kind); }

api::Outcome<api::ShownPart> KeyMaking::show(std::size_t index) {
    auto const value = components_.check_value(index);
    if (!value.ok()) {
        return message_of(value.error());
    }
    return api::ShownPart{api::SecretText{components_.text_of(index)}, text_of(value.value())};
}

api::Outcome<std::string> KeyMaking::take(std::size_t index, std::string_view typed,
                                          std::optional<keys::CheckValue> const& expected) {
    check_value_.clear();
    auto const value = components_.take(index, typed, expected);
    if (!value.ok()) {
        return message_of(value.error());
    }
    return text_of(value.value());
}

api::Outcome<keys::MasterKey> KeyMaking::combined() const {
    auto key = components_.combined();
    if (!key.ok()) {
        return message_of(key.error());
    }
    return keys::MasterKey{plan_.name, plan_.version, plan_.tier,
                           std::get<keys::CardKey>(std::move(key).value())};
}

api::Outcome<api::Combined> KeyMaking::combine() {
    auto const key = combined();
    if (!key.ok()) {
        return key.error();
    }
    keys::openssl::EvpCipher cipher;
    auto const value = keys::check_value_of(cipher, key.value().secret);
    if (!value.ok()) {
        return api::fault("sealing_failed");
    }
    if (plan_.check_value && *plan_.check_value != value.value()) {
        return api::fault("key_check_value_differs", text_of(value.value()));
    }
    check_value_ = text_of(value.value());
    return api::Combined{check_value_, 1};
}

api::Outcome<apdu::Done> KeyMaking::carry_out() {
    auto key = combined();
    if (!key.ok()) {
        return key.error();
    }
    keys::sealed::KeyBundle keys;
    keys.cards.push_back(std::move(key).value());
    return store_.take(std::move(keys));
}

void KeyMaking::describe(audit::Minutes& minutes) const {
    minutes.origin = are_generated_ ? "generated" : "entered";
    minutes.keys = {{std::string{apdu::to_text(plan_.name)},
                     std::string{tier_texts.at(static_cast<std::size_t>(plan_.tier))},
                     std::string{cipher_texts.at(static_cast<std::size_t>(plan_.kind))},
                     plan_.version, check_value_}};
}

} // namespace sscardd
