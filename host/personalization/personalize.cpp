#include "host/personalization/personalize.hpp"

#include "host/session/card_session.hpp"
#include "host/session/foreign_card.hpp"
#include "host/session/hex_text.hpp"

#include "apdu/fci.hpp"
#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;

/// A chip without files, or why it is none: asked before its transport key is put at stake.
Outcome<HistoricalBytes> recognize_chip(session::CardChannel& channel) {
    auto const answer =
        channel.send(apdu::Command{apdu::Cla::interindustry, apdu::Ins::select, 0x04, 0x00}
                         .with_data(apdu::ssse_name())
                         .expecting(apdu::short_ne_max));
    if (!answer.ok()) {
        return answer.error();
    }
    if (answer.value().status.is_success()) {
        return Fault{.code = FaultCode::already_personalized,
                     .detail = "the structure stage was done, or begun, on this card"};
    }
    Fault const fault = session::card_instead_of_ours(channel, answer.value().status);
    if (fault.code != FaultCode::bare_chip) {
        return fault;
    }
    auto const historical = session::historical_bytes_of(channel.atr());
    if (!historical.ok()) {
        return Fault{.code = FaultCode::foreign_card,
                     .detail = "no chip for social security cards: " + historical.error().detail};
    }
    return historical.value();
}

/// The plan, for the card that lies in the reader.
Outcome<Plan> plan_for_card(session::CardChannel& channel, keys::KeyService& keys,
                            PersonalizationRequest const& request,
                            TransportKeyRefusals const* refusals) {
    if (request.stage == Stage::data) {
        auto const card = session::CardSession::open(channel, &keys);
        if (!card.ok()) {
            return card.error();
        }
        return make_data_plan(request, card.value().card(), keys);
    }
    auto const chip = recognize_chip(channel);
    if (!chip.ok()) {
        return chip.error();
    }
    if (refusals != nullptr && refusals->contains(chip.value())) {
        return Fault{.code = FaultCode::transport_key_refused_before,
                     .detail = session::hex_text(chip.value())};
    }
    return make_structure_plan(request, chip.value(), keys);
}

} // namespace

bool TransportKeyRefusals::contains(HistoricalBytes const& chip) const {
    return std::find(chips_.begin(), chips_.end(), chip) != chips_.end();
}

void TransportKeyRefusals::add(HistoricalBytes const& chip) {
    if (contains(chip)) {
        return;
    }
    if (chips_.size() == transport_key_refusals_max) {
        chips_.erase(chips_.begin());
    }
    chips_.push_back(chip);
}

void TransportKeyRefusals::forget(HistoricalBytes const& chip) {
    chips_.erase(std::remove(chips_.begin(), chips_.end(), chip), chips_.end());
}

Outcome<Report> personalize(session::CardChannel& channel, keys::KeyService& keys,
                            PersonalizationRequest const& request, Progress const& progress,
                            TransportKeyRefusals* refusals) {
    std::size_t const exchanges_before = channel.exchanges();
    auto problems = problems_of(request);
    if (!problems.empty()) {
        return Fault{.code = FaultCode::request_invalid, .problems = std::move(problems)};
    }
    auto const plan = plan_for_card(channel, keys, request, refusals);
    if (!plan.ok()) {
        return plan.error();
    }
    auto const chip = session::historical_bytes_of(channel.atr());
    Pins const pins{request.default_pin, request.holder_pin ? &*request.holder_pin : nullptr};
    auto const done = carry_out(plan.value(), channel, keys, pins, progress);
    if (!done.ok()) {
        bool const is_refusal = done.error().code == FaultCode::transport_key_wrong;
        if (is_refusal && refusals != nullptr && chip.ok()) {
            refusals->add(chip.value());
        }
        return done.error();
    }
    Plan const& made = plan.value();
    return Report{
        .card_id = made.card_id,
        .card_number = made.card_number,
        .reset_info = session::hex_text(made.card.historical),
        .version = made.version,
        .algorithm = made.card.algorithm,
        .steps = made.steps.size(),
        .commands = channel.exchanges() - exchanges_before,
        .warnings = request.person ? request.person->warnings() : std::vector<session::Problem>{},
    };
}

} // namespace personalization
