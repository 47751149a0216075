#include "host/personalization/card_items.hpp"
#include "host/personalization/data_plan.hpp"
#include "host/personalization/personalize.hpp"
#include "host/personalization/plan_keys.hpp"
#include "host/personalization/request_checks.hpp"
#include "host/personalization/structure_order.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/record.hpp"
#include "apdu/require.hpp"

#include <algorithm>
#include <iterator>

namespace personalization {
namespace {

using session::Outcome;

Outcome<Plan> checked(Plan plan, keys::KeyService const& keys) {
    if (auto const missing = missing_keys(plan.steps, plan.card.algorithm, keys)) {
        return *missing;
    }
    return plan;
}

void append(std::vector<Step>& steps, std::vector<Step> more) {
    std::move(more.begin(), more.end(), std::back_inserter(steps));
}

} // namespace

Outcome<Plan> make_structure_plan(PersonalizationRequest const& request,
                                  HistoricalBytes const& chip, keys::KeyService& keys) {
    apdu::require(request.stage != Stage::data);
    if (auto const fault = invalid_request(request)) {
        return *fault;
    }
    auto const order = structure_order(request, chip, keys);
    if (!order.ok()) {
        return order.error();
    }
    Plan plan{.card = order.value().card,
              .version = order.value().version,
              .card_id = session::hex_text(order.value().card_id),
              .card_number = {},
              .steps = structure_steps(order.value(), keys)};
    plan.structure_steps = plan.steps.size();
    if (request.stage == Stage::structure) {
        return checked(std::move(plan), keys);
    }
    if (auto const fault = contradiction(*request.person, order.value())) {
        return *fault;
    }
    plan.card_number = request.person->card_number();
    // The structure stage ends in SSSE, where the data stage begins.
    append(plan.steps, data_steps({.card = plan.card,
                                   .version = plan.version,
                                   .person = &*request.person,
                                   .is_fresh = true,
                                   .sets_holder_pin = request.holder_pin.has_value(),
                                   .versions = request.versions}));
    return checked(std::move(plan), keys);
}

Outcome<Plan> make_data_plan(PersonalizationRequest const& request,
                             session::RecognizedCard const& card, keys::KeyService const& keys,
                             Making const* begun) {
    apdu::require(request.stage != Stage::structure);
    if (auto const fault = invalid_request(request)) {
        return *fault;
    }
    if (auto const fault = unfit(request, card)) {
        return *fault;
    }
    bool const is_over_a_person = request.rewrite || (begun != nullptr && begun->rewrites);
    bool const is_other_record = begun != nullptr && !begun->earlier_records.empty();
    DataOrder const order{.card = card.identity,
                          .version = card.version,
                          .person = &*request.person,
                          .rewrites = is_over_a_person || is_other_record,
                          .resumes = begun != nullptr,
                          .sets_holder_pin = request.holder_pin.has_value(),
                          .pin_is_default = !is_over_a_person,
                          .versions = request.versions};
    if (!order.rewrites && !order.resumes) {
        if (auto const fault = not_blank(card)) {
            return *fault;
        }
    }
    if (auto const fault = unknown_pin(order)) {
        return *fault;
    }
    return checked({.card = card.identity,
                    .version = card.version,
                    .card_id = card_id_text(card.issuer_data),
                    .card_number = request.person->card_number(),
                    .steps = data_steps(order)},
                   keys);
}

} // namespace personalization
