#include "host/daemon/key_making.hpp"

namespace sscardd {

std::optional<KeyMaking::Plan> KeyMaking::read(api::KeyCeremonyRequest const& request,
                                               api::Fault& invalid) {
    auto const key =
        key_plan_of(request.name, request.algorithm, request.tier, request.version, invalid);
    auto const expected = expected_check_value(request.check_value, invalid);
    return invalid.problems.empty() ? std::optional{Plan{*key, expected}} : std::nullopt;
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
    if (auto const known = known_key(store.report(), plan->key)) {
        return api::fault("key_known", known->check_value);
    }
    auto parts =
        components(plan->key.kind, request.custodians.size(), request.generate, plan->check_value);
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
    keys.cards.push_back({plan_.key.name, plan_.key.version, plan_.key.tier,
                          std::get<keys::CardKey>(std::move(key).value())});
    return store_.take(std::move(keys));
}

void KeyMaking::describe(audit::Minutes& minutes) const {
    describe_components(minutes);
    minutes.keys = {entry_of(plan_.key, check_value())};
}

} // namespace sscardd
