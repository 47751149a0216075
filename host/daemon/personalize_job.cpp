#include "host/daemon/personalize_job.hpp"

#include "host/daemon/fault_message.hpp"
#include "host/daemon/field_keys.hpp"

#include "host/personalization/voiding.hpp"
#include "host/store/job_makings.hpp"
#include "host/store/text_digest.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/item_form.hpp"
#include "apdu/packed_bcd.hpp"

namespace sscardd {
namespace {

using personalization::PersonalizationRequest;
using personalization::Stage;
using session::Fault;
using session::FaultCode;
using session::Outcome;

Stage stage_of(api::Stage stage) {
    switch (stage) {
    case api::Stage::structure:
        return Stage::structure;
    case api::Stage::data:
        return Stage::data;
    case api::Stage::both:
        break;
    }
    return Stage::both;
}

Fault invalid(std::string where, std::string detail, std::string code = "unsupported") {
    Fault fault{FaultCode::request_invalid};
    fault.problems.push_back({std::move(where), std::move(code), std::move(detail)});
    return fault;
}

/// Nothing is done to another card than the one that the client has seen.
Outcome<apdu::Done> expect_chip(CardAtHand const& at, std::optional<std::string> const& expected) {
    if (!expected) {
        return apdu::Done{};
    }
    personalization::HistoricalBytes bytes{};
    auto const size = apdu::read_hex(*expected, bytes);
    if (!expected->empty() && (!size.ok() || size.value() != bytes.size())) {
        return invalid("/expected_chip", *expected + " (26 hex digits)", "malformed");
    }
    auto const chip = session::historical_bytes_of(at.channel.atr());
    if (expected->empty() ? !chip.ok() : chip.ok() && chip.value() == bytes) {
        return apdu::Done{};
    }
    return Fault{FaultCode::card_removed,
                 "another card is there: " + session::hex_text(chip.ok()
                                                                   ? apdu::ByteView{chip.value()}
                                                                   : at.channel.atr())};
}

/// The kind of card to be made: what the request names, else the office's own. A blank says
/// everything itself.
Outcome<apdu::Done> settle_kind(PersonalizationRequest& to, api::PersonalizeRequest const& request,
                                Configuration const& office) {
    bool const makes_structure = to.stage != Stage::data;
    if (request.version) {
        to.version = apdu::spec_version_from_text(*request.version);
        if (!to.version || apdu::to_text(*to.version) != *request.version) {
            return invalid("/version", *request.version + " (there are 2.00 and 3.00)");
        }
    } else if (makes_structure) {
        to.version = office.version;
    }
    if (request.algorithm) {
        to.algorithm = keys::algorithm_from_text(*request.algorithm);
        if (!to.algorithm) {
            return invalid("/algorithm", *request.algorithm + " (there are 3DES and SM4)");
        }
    } else if (makes_structure) {
        bool const is_old = *to.version != apdu::SpecVersion::v3_00;
        to.algorithm =
            office.algorithm.value_or(is_old ? keys::Algorithm::des3 : keys::Algorithm::sm4);
    }
    to.reset_info = request.reset_info;
    to.region = request.region;
    if (!to.region && makes_structure) {
        to.region = office.region;
    }
    return apdu::Done{};
}

Outcome<apdu::Done> settle_person(PersonalizationRequest& to,
                                  api::PersonalizeRequest const& request,
                                  Configuration const& office) {
    if (request.record) {
        auto checked = personalization::PersonRecord::check(request.record->text, office.text);
        if (!checked.record) {
            return personalization::fault_of(checked);
        }
        to.person = std::move(checked.record);
        to.record_digest = store::digest_of(request.record->text);
    }
    if (request.pin) {
        auto pin = pin_of(*request.pin);
        if (!pin.ok()) {
            return pin.error();
        }
        to.holder_pin.emplace(std::move(pin).value());
    }
    return apdu::Done{};
}

Outcome<PersonalizationRequest> order_of(CardAtHand const& at,
                                         api::PersonalizeRequest const& request,
                                         Configuration const& office) {
    auto default_pin = keys::Pin::from_digits(office.default_pin);
    apdu::require(default_pin.ok()); // the configuration was checked
    PersonalizationRequest order{.stage = stage_of(request.stage),
                                 .body = office.initialising_body,
                                 .tries = office.tries,
                                 .rewrite = request.rewrite_person,
                                 .replaces = request.replacement,
                                 .versions = at.versions,
                                 .default_pin = std::move(default_pin).value(),
                                 .profile = personalization::find_profile(office.profile)};
    if (auto const kind = settle_kind(order, request, office); !kind.ok()) {
        return kind.error();
    }
    if (auto const person = settle_person(order, request, office); !person.ok()) {
        return person.error();
    }
    return order;
}

Fault no_keys() { return Fault{FaultCode::key_service_failed, "no key file is configured"}; }

/// The card that this office would make of the chip at hand.
std::optional<keys::CardIdentity> likely_card(CardAtHand const& at, Configuration const& office) {
    auto const chip = session::historical_bytes_of(at.channel.atr());
    bool const is_new = office.version == apdu::SpecVersion::v3_00;
    keys::CardIdentity card{
        office.algorithm.value_or(is_new ? keys::Algorithm::sm4 : keys::Algorithm::des3), {}, {}};
    if (!chip.ok() || !office.region || !apdu::pack_digits(*office.region, card.region).ok()) {
        return std::nullopt;
    }
    card.historical = chip.value();
    return card;
}

api::Personalized report_message(personalization::Report const& report, api::Stage stage,
                                 bool test_keys) {
    api::Personalized made;
    made.stage = api::name_of(stage);
    made.card_id = report.card_id;
    made.card_number = report.card_number;
    made.version = apdu::to_text(report.version);
    made.algorithm = keys::to_text(report.algorithm);
    made.region = report.card_id.substr(0, 6);
    made.steps = static_cast<std::uint32_t>(report.steps);
    made.exchanges = static_cast<std::uint32_t>(report.commands);
    made.test_keys = test_keys;
    made.warnings = messages_of(report.warnings);
    return made;
}

} // namespace

personalization::TransportKeyRefusals RefusedChips::all() const {
    std::lock_guard const lock{mutex_};
    return chips_;
}

void RefusedChips::add(personalization::HistoricalBytes const& chip) {
    std::lock_guard const lock{mutex_};
    chips_.add(chip);
}

void RefusedChips::forget(personalization::HistoricalBytes const& chip) {
    std::lock_guard const lock{mutex_};
    chips_.forget(chip);
}

Outcome<api::Personalized> personalize_card(CardAtHand const& at,
                                            api::PersonalizeRequest const& request,
                                            Configuration const& office,
                                            OfficeRecords const& records) {
    if (auto const expected = expect_chip(at, request.expected_chip); !expected.ok()) {
        return expected.error();
    }
    if (at.keys == nullptr) {
        return no_keys();
    }
    auto const order = order_of(at, request, office);
    if (!order.ok()) {
        return order.error();
    }
    auto const chip = session::historical_bytes_of(at.channel.atr());
    if (chip.ok() && request.try_transport_key_again) {
        records.refused.forget(chip.value());
    }
    auto known = records.refused.all();
    store::JobMakings makings{records.makings,
                              {.batch = request.batch.value_or(""),
                               .keys = [&records](personalization::Making const& making) {
                                   return store::to_text(
                                       keys_of_new_card(records.known_keys(), making));
                               }}};
    auto const report = personalization::personalize(
        at.channel, *at.keys, makings, order.value(),
        [&at](personalization::StepProgress const& step) {
            at.tell({static_cast<std::uint32_t>(step.index - 1),
                     static_cast<std::uint32_t>(step.count), step.label.en, step.label.zh});
        },
        &known);
    if (!report.ok()) {
        if (chip.ok() && report.error().code == FaultCode::transport_key_wrong) {
            records.refused.add(chip.value());
        }
        return report.error();
    }
    return report_message(report.value(), request.stage, at.keys->holds_test_keys());
}

Outcome<api::PersonalizationPlan> plan_card(CardAtHand const& at,
                                            api::PersonalizeRequest const& request,
                                            Configuration const& office) {
    if (auto const expected = expect_chip(at, request.expected_chip); !expected.ok()) {
        return expected.error();
    }
    if (at.keys == nullptr) {
        return no_keys();
    }
    auto const order = order_of(at, request, office);
    if (!order.ok()) {
        return order.error();
    }
    auto const plan = personalization::plan_for_card(at.channel, *at.keys, order.value());
    if (!plan.ok()) {
        return plan.error();
    }
    api::PersonalizationPlan told;
    told.card_id = plan.value().card_id;
    told.card_number = plan.value().card_number;
    for (personalization::PlanLine const& line : personalization::describe(plan.value())) {
        told.commands.push_back(
            {static_cast<std::uint32_t>(line.step), line.command, line.label.en, line.label.zh});
    }
    return told;
}

Outcome<api::Voided> void_card(CardAtHand const& at, api::CardVoidRequest const& request,
                               Configuration const& office,
                               personalization::MakingJournals& journals) {
    if (auto const expected = expect_chip(at, request.expected_chip); !expected.ok()) {
        return expected.error();
    }
    if (at.keys == nullptr) {
        return no_keys();
    }
    if (request.reason.empty()) {
        return invalid("/reason", "a reason is wanted");
    }
    auto const likely = likely_card(at, office);
    auto const voided = personalization::void_card(
        at.channel, *at.keys, journals, *personalization::find_profile(office.profile),
        likely ? &*likely : nullptr, request.reason, at.versions);
    if (!voided.ok()) {
        return voided.error();
    }
    return api::Voided{std::string{personalization::to_text(voided.value().how)},
                       voided.value().reset_info, voided.value().card_id};
}

Outcome<api::RecordCheck> check_record(std::string const& record, apdu::TextProfile profile) {
    auto const checked = personalization::PersonRecord::check(record, profile);
    if (!checked.record) {
        return personalization::fault_of(checked);
    }
    return api::RecordCheck{checked.record->card_number(), messages_of(checked.warnings)};
}

} // namespace sscardd
