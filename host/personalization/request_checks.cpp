#include "host/personalization/request_checks.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/read_back.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/packed_bcd.hpp"
#include "apdu/record.hpp"

#include <algorithm>
#include <iterator>

namespace personalization {
namespace {

using apdu::AccessRule;
using session::Fault;
using session::FaultCode;

/// The issuer's items that a blank has unpersonalized.
constexpr auto issued_tags = std::to_array<std::uint8_t>({
    item_tag::issue_date,
    item_tag::expiry_date,
    item_tag::card_number,
});

/// A record may repeat what the structure stage makes, and say nothing else of it.
std::vector<session::Problem> contradictions(PersonRecord const& person,
                                             apdu::ByteView issuer_data) {
    std::vector<session::Problem> problems;
    for (RepeatedItem const& item : person.repeated()) {
        auto const record = apdu::find_record(issuer_data, item.tag);
        if (!record.ok() || !apdu::equal_bytes(record.value().value, item.value)) {
            problems.push_back(
                {item.where, "not_yours_to_set",
                 "the structure stage makes it, and made it otherwise: leave it out"});
        }
    }
    return problems;
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

/// True when those digits are the card's region.
bool is_region(std::string_view digits, keys::CardIdentity const& card) {
    return session::hex_text(card.region) == digits;
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
    if (request.region && !is_region(*request.region, card.identity)) {
        problems.push_back(
            {"/region", "not_this_card", "it has " + session::hex_text(card.identity.region)});
    }
    return problems;
}

/// The card number is the last thing that is written: it is there whole, or the card is not made.
bool has_mark(apdu::ByteView issuer_data) {
    auto const record = apdu::find_record(issuer_data, item_tag::card_number);
    return record.ok() && !record.value().value.empty() &&
           std::none_of(record.value().value.begin(), record.value().value.end(),
                        [](std::uint8_t byte) { return byte == 0x00 || byte == 0xFF; });
}

} // namespace

std::optional<Fault> invalid_request(PersonalizationRequest const& request) {
    auto problems = problems_of(request);
    if (problems.empty()) {
        return std::nullopt;
    }
    return Fault{.code = FaultCode::request_invalid, .problems = std::move(problems)};
}

std::optional<Fault> contradiction(PersonRecord const& person, StructureOrder const& order) {
    auto problems = contradictions(person, settled_issuer_data(order));
    if (problems.empty()) {
        return std::nullopt;
    }
    return Fault{.code = FaultCode::record_invalid, .problems = std::move(problems)};
}

std::optional<Fault> unfit(PersonalizationRequest const& request,
                           session::RecognizedCard const& card) {
    if (card.version == apdu::SpecVersion::v1_00) {
        return Fault{.code = FaultCode::unknown_version,
                     .detail = "cards of 1.00 are not personalized"};
    }
    auto problems = mismatches(request, card);
    auto of_record = contradictions(*request.person, card.issuer_data);
    std::move(of_record.begin(), of_record.end(), std::back_inserter(problems));
    if (problems.empty()) {
        return std::nullopt;
    }
    return Fault{.code = FaultCode::not_this_card, .problems = std::move(problems)};
}

std::optional<Fault> not_blank(session::RecognizedCard const& card) {
    auto const tag = first_personalized(card.issuer_data, issued_tags);
    if (!tag) {
        return std::nullopt;
    }
    return Fault{
        .code = has_mark(card.issuer_data) ? FaultCode::already_personalized : FaultCode::half_made,
        .detail = std::string{item_of(ssse_file(issuer_data_fid), *tag).name} + " (SSSE/EF05)"};
}

/// A file that only the PIN opens cannot be read back where no PIN is known.
std::optional<Fault> unknown_pin(DataOrder const& order) {
    if (order.pin_is_default || order.sets_holder_pin) {
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

} // namespace personalization
