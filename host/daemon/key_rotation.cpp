#include "host/daemon/key_rotation.hpp"

#include "host/daemon/fault_message.hpp"
#include "host/daemon/field_keys.hpp"

#include "keys/key_table.hpp"

#include <algorithm>

namespace sscardd {
namespace {

/// What the request names, as far as it makes sense by itself.
struct Wanted {
    apdu::KeyName name;
    keys::Algorithm algorithm;
};

std::optional<Wanted> read(api::KeyRotationRequest const& request, api::Fault& invalid) {
    auto const name = apdu::key_name_from_text(request.name);
    if (!name) {
        invalid.problems.push_back({"/name", "unknown_value", ""});
    }
    auto const algorithm = keys::algorithm_from_text(request.algorithm);
    if (!algorithm || *algorithm == keys::Algorithm::ssf33) {
        invalid.problems.push_back({"/algorithm", "unknown_value", ""});
    }
    if (request.version < 1 || request.version > keys::key_version_max) {
        invalid.problems.push_back({"/version", "out_of_range", "1 to 3"});
    }
    if (!is_text(request.reason, reason_size_max)) {
        invalid.problems.push_back({"/reason", "out_of_range", "1 to 200 printable bytes"});
    }
    return invalid.problems.empty() ? std::optional{Wanted{*name, *algorithm}} : std::nullopt;
}

/// The store's key for that version of it, its own or the one for any.
std::optional<api::KnownKey> known_key(KeyStore const& store,
                                       api::KeyRotationRequest const& request) {
    std::optional<api::KnownKey> found;
    for (api::KnownKey const& key : store.report().keys) {
        bool const is_it = key.name == request.name && key.algorithm == request.algorithm &&
                           (!key.version || *key.version == request.version);
        if (is_it && (!found || key.version)) {
            found = key;
        }
    }
    return found;
}

/// How many live cards there are for whom what holds.
std::string plan_text(store::CardRegister const& cards, keys::Algorithm algorithm,
                      store::KeyMark const& to) {
    std::size_t ready = 0;
    std::size_t others = 0;
    std::size_t unknown = 0;
    auto const counts = cards.count_by_keys();
    if (!counts.ok()) {
        return "cards not counted";
    }
    for (store::KeySetCount const& count : counts.value()) {
        bool const is_other_kind = count.algorithm && *count.algorithm != algorithm;
        if (count.state != store::CardState::live || is_other_kind) {
            continue;
        }
        std::size_t& sum = count.keys.empty()             ? unknown
                           : store::holds(count.keys, to) ? ready
                                                          : others;
        sum += count.cards;
    }
    return "live cards that have it: " + std::to_string(ready) +
           ", that have it not: " + std::to_string(others) +
           ", not known: " + std::to_string(unknown);
}

} // namespace

api::Outcome<std::unique_ptr<CustodyAct>>
KeyRotation::begin(KeyStore const& store, store::CardRegister& cards,
                   api::KeyRotationRequest const& request) {
    if (auto refusal = store.refusal()) {
        return *std::move(refusal);
    }
    api::Fault invalid = api::fault(api::code::request_invalid);
    auto const wanted = read(request, invalid);
    if (!wanted) {
        return invalid;
    }
    if (!has_versions_in_use(wanted->name)) {
        return api::fault("key_not_rotated", request.name);
    }
    auto const key = known_key(store, request);
    if (!key) {
        return api::fault(api::code::key_unknown, request.name);
    }
    auto const given = check_value_from(request.check_value);
    if (!given || text_of(*given) != key->check_value) {
        return api::fault(api::code::check_value_differs, request.name);
    }
    store::KeyMark const to{wanted->name, request.version, key->check_value};
    auto const rotations = cards.rotations();
    if (!rotations.ok()) {
        return message_of(rotations.error());
    }
    std::optional<store::KeyMark> in_use;
    for (store::Rotation const& rotation : rotations.value()) {
        if (rotation.algorithm == wanted->algorithm && rotation.to.name == to.name) {
            in_use = rotation.to;
        }
    }
    if (in_use ? *in_use == to : to.version == 1) {
        return api::fault("key_in_use", request.name);
    }
    return std::unique_ptr<CustodyAct>{
        new KeyRotation{cards, wanted->algorithm, to, key->tier,
                        request.reason + "; " + plan_text(cards, wanted->algorithm, to)}};
}

api::Outcome<apdu::Done> KeyRotation::carry_out() {
    auto const done = register_.rotate(algorithm_, to_);
    if (!done.ok()) {
        return message_of(done.error());
    }
    return apdu::Done{};
}

void KeyRotation::describe(audit::Minutes& minutes) const {
    minutes.keys = {{std::string{apdu::to_text(to_.name)}, tier_,
                     std::string{keys::to_text(algorithm_)}, to_.version, to_.check_value}};
    minutes.remark = remark_;
}

} // namespace sscardd
