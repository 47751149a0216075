#include "host/personalization/card_items.hpp"
#include "host/personalization/data_plan.hpp"
#include "host/personalization/personalize.hpp"
#include "host/personalization/plan_keys.hpp"
#include "host/personalization/read_back.hpp"
#include "host/personalization/structure_parts.hpp"
#include "host/personalization/structure_plan.hpp"

#include "host/session/hex_text.hpp"
#include "host/session/key_fault.hpp"

#include "apdu/identifiers.hpp"
#include "apdu/packed_bcd.hpp"
#include "apdu/record.hpp"
#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::AccessRule;
using apdu::Directory;
using session::Fault;
using session::FaultCode;
using session::Outcome;

/// Every initialising body number begins so: RID, and 02. card.md §1.5.
constexpr std::string_view body_number_start = "9156000002";

/// Digits that were checked before, packed. require: they fill `size` bytes.
template <std::size_t size>
std::array<std::uint8_t, size> packed(std::string_view digits) {
    std::array<std::uint8_t, size> bytes{};
    apdu::require(digits.size() == 2 * size && apdu::pack_digits(digits, bytes).ok());
    return bytes;
}

std::uint8_t nibble(char digit) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t const at = digits.find(digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit);
    apdu::require(at != std::string_view::npos);
    return static_cast<std::uint8_t>(at);
}

/// 26 hex digits that were checked before.
HistoricalBytes historical_from(std::string_view reset_info) {
    HistoricalBytes bytes{};
    apdu::require(reset_info.size() == 2 * bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>((nibble(reset_info[2 * i]) << 4U) |
                                             nibble(reset_info[2 * i + 1]));
    }
    return bytes;
}

std::optional<Fault> invalid_request(PersonalizationRequest const& request) {
    auto problems = problems_of(request);
    if (problems.empty()) {
        return std::nullopt;
    }
    return Fault{.code = FaultCode::request_invalid, .problems = std::move(problems)};
}

/// A record may repeat what the structure stage has made, and say nothing else of it.
std::optional<Fault> contradiction(PersonRecord const& person, apdu::ByteView issuer_data) {
    std::vector<session::Problem> problems;
    for (RepeatedItem const& item : person.repeated()) {
        auto const record = apdu::find_record(issuer_data, item.tag);
        if (!record.ok() || !apdu::equal_bytes(record.value().value, item.value)) {
            problems.push_back(
                {item.where, "not_yours_to_set",
                 "the structure stage makes it, and made it otherwise: leave it out"});
        }
    }
    if (problems.empty()) {
        return std::nullopt;
    }
    return Fault{.code = FaultCode::record_invalid, .problems = std::move(problems)};
}

/// The records that the structure stage settles, for comparison with a person's record.
std::vector<std::uint8_t> settled_issuer_data(StructureOrder const& order) {
    std::vector<std::uint8_t> records;
    auto const add = [&records](std::uint8_t tag, auto const& value) {
        records.push_back(tag);
        records.push_back(static_cast<std::uint8_t>(value.size()));
        records.insert(records.end(), value.begin(), value.end());
    };
    add(item_tag::card_id, order.card_id);
    add(item_tag::spec_version, apdu::to_text(order.version));
    add(item_tag::initialising_body, order.initialising_body);
    return records;
}

/// The card id with its authentication code; without the code where the key service has none (then
/// missing_keys() has the reason).
Outcome<std::array<std::uint8_t, 16>> make_card_id(keys::CardIdentity const& card,
                                                   keys::KeyService& keys) {
    auto const serial = card.serial().first<4>();
    auto const first_parts = apdu::card_id_first_parts(card.region, serial);
    std::array<std::uint8_t, 16> id{};
    apdu::copy_bytes(first_parts, id);
    auto const code = keys.card_id_authentication(card, first_parts);
    if (code.ok()) {
        apdu::copy_bytes(code.value(), apdu::ByteSpan{id}.subspan(first_parts.size()));
    } else if (code.error().reason != keys::KeyFaultReason::key_missing) {
        return session::fault_of(code.error());
    }
    return id;
}

Outcome<StructureOrder> structure_order(PersonalizationRequest const& request,
                                        HistoricalBytes const& chip, keys::KeyService& keys) {
    HistoricalBytes const wanted = request.reset_info ? historical_from(*request.reset_info) : chip;
    std::string const& region = *request.region;
    std::string const& body_region = request.body.region.empty() ? region : request.body.region;
    StructureOrder order{
        .card = {*request.algorithm, packed<3>(region), wanted},
        .version = *request.version,
        .card_id = {},
        .initialising_body = packed<12>(std::string{body_number_start} + region + body_region +
                                        request.body.sequence),
        .changes_historical_bytes = wanted != chip,
        .tries = request.tries,
        .default_pin_size = static_cast<std::uint8_t>(request.default_pin.size()),
        .profile = request.profile,
    };
    auto const card_id = make_card_id(order.card, keys);
    if (!card_id.ok()) {
        return card_id.error();
    }
    order.card_id = card_id.value();
    return order;
}

/// A file that only the PIN opens cannot be read back where no PIN is known.
std::optional<Fault> unknown_pin(DataOrder const& order) {
    if (!order.rewrites || order.sets_holder_pin) {
        return std::nullopt;
    }
    for (PlacedContent const& placed : placed_content(order)) {
        AccessRule const rule = placed.place.file->read.rule;
        if (rule == AccessRule::pin || rule == AccessRule::pin_and_key) {
            return Fault{.code = FaultCode::pin_needed,
                         .detail = std::string{apdu::path_of(placed.place).view()}};
        }
    }
    return std::nullopt;
}

Outcome<Plan> checked(Plan plan, keys::KeyService const& keys) {
    if (auto const missing = missing_keys(plan.steps, plan.card.algorithm, keys)) {
        return *missing;
    }
    return plan;
}

void append(std::vector<Step>& steps, std::vector<Step> more) {
    std::move(more.begin(), more.end(), std::back_inserter(steps));
}

/// What the request says of the card, and the card says otherwise.
std::vector<session::Problem> mismatches(PersonalizationRequest const& request,
                                         session::RecognizedCard const& card) {
    std::vector<session::Problem> problems;
    if (request.version && *request.version != card.version) {
        problems.push_back(
            {"/version", "not_this_card", "it is " + std::string{apdu::to_text(card.version)}});
    }
    if (request.algorithm && *request.algorithm != card.identity.algorithm) {
        problems.push_back({"/algorithm", "not_this_card",
                            "it has " + std::string{keys::to_text(card.identity.algorithm)}});
    }
    if (request.region && packed<3>(*request.region) != card.identity.region) {
        problems.push_back(
            {"/region", "not_this_card", "it has " + session::hex_text(card.identity.region)});
    }
    return problems;
}

/// The issuer's items that a blank has unpersonalized.
constexpr auto issued_tags = std::to_array<std::uint8_t>({
    item_tag::issue_date,
    item_tag::expiry_date,
    item_tag::card_number,
});

std::string card_id_text(apdu::ByteView issuer_data) {
    auto const record = apdu::find_record(issuer_data, item_tag::card_id);
    return record.ok() ? session::hex_text(record.value().value) : std::string{};
}

std::optional<Fault> unfit(PersonalizationRequest const& request,
                           session::RecognizedCard const& card) {
    if (card.version == apdu::SpecVersion::v1_00) {
        return Fault{.code = FaultCode::unknown_version,
                     .detail = "cards of 1.00 are not personalized"};
    }
    auto problems = mismatches(request, card);
    if (!problems.empty()) {
        return Fault{.code = FaultCode::request_invalid, .problems = std::move(problems)};
    }
    auto const tag = first_personalized(card.issuer_data, issued_tags);
    if (tag && !request.rewrite) {
        return Fault{.code = FaultCode::already_personalized,
                     .detail = std::string{item_of(ssse_file(issuer_data_fid), *tag).name} +
                               " (SSSE/EF05)"};
    }
    return contradiction(*request.person, card.issuer_data);
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
    if (request.stage == Stage::structure) {
        return checked(std::move(plan), keys);
    }
    if (auto const fault = contradiction(*request.person, settled_issuer_data(order.value()))) {
        return *fault;
    }
    auto const* const ssse = apdu::find_directory(apdu::layout_of(plan.version), Directory::ssse);
    apdu::require(ssse != nullptr);
    plan.card_number = request.person->card_number();
    plan.steps.push_back(select_step(Purpose::select, {Directory::ssse}, ssse->fid));
    append(plan.steps, data_steps({.card = plan.card,
                                   .version = plan.version,
                                   .person = &*request.person,
                                   .is_fresh = true,
                                   .sets_holder_pin = request.holder_pin.has_value()}));
    return checked(std::move(plan), keys);
}

Outcome<Plan> make_data_plan(PersonalizationRequest const& request,
                             session::RecognizedCard const& card, keys::KeyService const& keys) {
    apdu::require(request.stage == Stage::data);
    if (auto const fault = invalid_request(request)) {
        return *fault;
    }
    if (auto const fault = unfit(request, card)) {
        return *fault;
    }
    DataOrder const order{.card = card.identity,
                          .version = card.version,
                          .person = &*request.person,
                          .rewrites = request.rewrite,
                          .sets_holder_pin = request.holder_pin.has_value()};
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
