#include "host/personalization/personalize.hpp"

#include "host/personalization/journaling.hpp"
#include "host/personalization/key_checks.hpp"
#include "host/personalization/resumption.hpp"
#include "host/personalization/structure_clearing.hpp"
#include "host/personalization/voiding.hpp"

#include "host/session/card_session.hpp"
#include "host/session/foreign_card.hpp"
#include "host/session/hex_text.hpp"

#include "apdu/fci.hpp"
#include "apdu/packed_bcd.hpp"
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

Outcome<Making> making_of(PersonalizationRequest const& request, HistoricalBytes const& chip,
                          Plan const& plan, keys::KeyService& keys) {
    auto checks = key_checks(keys, plan.card.algorithm, request.stage);
    if (!checks.ok()) {
        return checks.error();
    }
    return Making{
        .chip = chip,
        .wanted = plan.card.historical,
        .stage = request.stage,
        .version = plan.version,
        .algorithm = plan.card.algorithm,
        .region = session::hex_text(plan.card.region),
        .profile = std::string{request.profile->name},
        .card_id = plan.card_id,
        .record = record_of(request),
        .person = request.person ? request.person->social_security_number() : std::string{},
        .rewrites = request.rewrite,
        .test_keys = keys.holds_test_keys(),
        .key_checks = std::move(checks).value(),
    };
}

/// Why a card in making is of no use any more, or null. An MK that was torn while it was written is
/// nobody's: then the structure can neither be closed nor deleted.
char const* end_of(OpenMaking const& open, Fault const& fault) {
    if (fault.code == FaultCode::card_blocked) {
        return "the card was blocked while it was made";
    }
    bool const is_mk_refused =
        fault.code == FaultCode::authentication_failed || fault.code == FaultCode::key_locked;
    return is_mk_refused && !is_structure_settled(open)
               ? "the chip accepts no MK of its MF: its structure cannot be deleted"
               : nullptr;
}

/// One card, from what lies in the reader to what the request says.
class Work {
public:
    Work(session::CardChannel& channel, keys::KeyService& keys, MakingJournals& journals,
         PersonalizationRequest const& request, Progress const& progress,
         TransportKeyRefusals* refusals, session::RandomSource const& random)
        : channel_{channel}, keys_{keys}, journals_{journals}, request_{request},
          progress_{progress}, refusals_{refusals}, random_{random} {}

    /// For a card that nothing is known of.
    Outcome<Plan> begin(HistoricalBytes const& chip) {
        auto plan = plan_for_card(channel_, keys_, request_, refusals_);
        if (!plan.ok()) {
            return plan;
        }
        auto making = making_of(request_, chip, plan.value(), keys_);
        if (!making.ok()) {
            return making.error();
        }
        Journaling journaling{journals_, channel_, std::move(making).value(), request_.replaces};
        return carry_out_with(journaling, std::move(plan).value(), chip);
    }

    /// For a card in making.
    Outcome<Plan> go_on(OpenMaking const& open) {
        if (auto const fault = not_the_same(request_, open)) {
            return *fault;
        }
        auto const same_keys = expect_keys_of(open.making, keys_);
        if (!same_keys.ok()) {
            return same_keys.error();
        }
        Journaling journaling{journals_, channel_, open.making, request_.replaces};
        auto const opened = journaling.go_on();
        if (!opened.ok()) {
            return opened.error();
        }
        Making const making = gone_on_with(open.making, request_);
        auto plan = is_structure_settled(open) ? plan_of_data(making) : plan_of_structure(open);
        if (auto const reason = plan.ok() ? nullptr : end_of(open, plan.error())) {
            journaling.let_go();
            return voided(open.making.chip, open.making.card_id, reason);
        }
        if (!plan.ok()) {
            return plan;
        }
        auto const amended = journaling.amend(making);
        if (!amended.ok()) {
            return amended.error();
        }
        return carry_out_with(journaling, std::move(plan).value(), open.making.chip);
    }

    /// For a card in making that nobody can tell how far it came: voids it.
    Fault give_up(HistoricalBytes const& chip) {
        std::string const reason = "the journal of its making is damaged";
        keys::CardIdentity likely{request_.algorithm.value_or(keys::Algorithm::des3), {}, chip};
        bool const is_likely = request_.stage != Stage::data &&
                               apdu::pack_digits(*request_.region, likely.region).ok();
        auto const voided = void_card(channel_, keys_, journals_, *request_.profile,
                                      is_likely ? &likely : nullptr, reason);
        return voided.ok() ? Fault{.code = FaultCode::card_voided, .detail = reason}
                           : voided.error();
    }

private:
    Outcome<Plan> plan_of_structure(OpenMaking const& open) {
        auto const cleared =
            clear_structure({channel_, keys_, identity_of(open.making)}, *request_.profile);
        if (!cleared.ok()) {
            return cleared.error();
        }
        return plan_for_card(channel_, keys_, request_, refusals_);
    }

    Outcome<Plan> plan_of_data(Making const& making) {
        auto card = session::CardSession::open(channel_, &keys_);
        if (!card.ok()) {
            return card.error();
        }
        return make_data_plan(request_, card.value().card(), keys_, &making);
    }

    Fault voided(HistoricalBytes const& chip, std::string const& card_id,
                 std::string const& reason) {
        auto const recorded = journals_.record_void(chip, card_id, reason);
        return recorded.ok() ? Fault{.code = FaultCode::card_voided, .detail = reason}
                             : recorded.error();
    }

    Outcome<Plan> carry_out_with(Journaling& journaling, Plan plan, HistoricalBytes const& chip) {
        journaling.expect_structure_after(plan.structure_steps);
        Pins const pins{request_.default_pin,
                        request_.holder_pin ? &*request_.holder_pin : nullptr};
        auto done = carry_out(plan, channel_, keys_, pins, progress_, &journaling, random_);
        if (done.ok()) {
            done = journaling.finish();
        }
        if (!done.ok()) {
            bool const is_refusal = done.error().code == FaultCode::transport_key_wrong;
            if (is_refusal && refusals_ != nullptr) {
                refusals_->add(chip);
            }
            return done.error();
        }
        return plan;
    }

    session::CardChannel& channel_;
    keys::KeyService& keys_;
    MakingJournals& journals_;
    PersonalizationRequest const& request_;
    Progress const& progress_;
    TransportKeyRefusals* refusals_;
    session::RandomSource const& random_;
};

} // namespace

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

Outcome<Report> personalize(session::CardChannel& channel, keys::KeyService& keys,
                            MakingJournals& journals, PersonalizationRequest const& request,
                            Progress const& progress, TransportKeyRefusals* refusals,
                            session::RandomSource const& random) {
    std::size_t const exchanges_before = channel.exchanges();
    auto problems = problems_of(request);
    if (!problems.empty()) {
        return Fault{.code = FaultCode::request_invalid, .problems = std::move(problems)};
    }
    auto const chip = session::historical_bytes_of(channel.atr());
    if (!chip.ok()) { // what card it is instead is found out on the way to a plan
        auto const plan = plan_for_card(channel, keys, request, refusals);
        return plan.ok() ? chip.error() : plan.error();
    }
    auto const open = journals.find(chip.value());
    Work work{channel, keys, journals, request, progress, refusals, random};
    if (!open.ok()) {
        bool const is_damaged = open.error().code == FaultCode::journal_damaged;
        return is_damaged ? work.give_up(chip.value()) : open.error();
    }
    auto const plan = open.value() ? work.go_on(*open.value()) : work.begin(chip.value());
    if (!plan.ok()) {
        return plan.error();
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
