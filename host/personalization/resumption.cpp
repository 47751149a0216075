#include "host/personalization/resumption.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/packed_bcd.hpp"
#include "apdu/require.hpp"

#include <utility>

namespace personalization {
namespace {

using session::Problem;

bool is_stage_left(Stage asked, OpenMaking const& open) {
    if (is_structure_settled(open)) {
        return asked == Stage::data || asked == open.making.stage;
    }
    return asked == open.making.stage;
}

void compare(std::vector<Problem>& problems, std::string where, std::string_view asked,
             std::string_view begun) {
    if (asked != begun) {
        problems.push_back(
            {std::move(where), "not_this_card", "it was begun for " + std::string{begun}});
    }
}

} // namespace

bool is_structure_settled(OpenMaking const& open) {
    return open.making.stage == Stage::data || open.reached == Milestone::structure_made;
}

std::optional<session::Fault> not_the_same(PersonalizationRequest const& request,
                                           OpenMaking const& open) {
    Making const& begun = open.making;
    std::vector<Problem> problems;
    if (!is_stage_left(request.stage, open)) {
        compare(problems, "/stage", to_text(request.stage), to_text(begun.stage));
    }
    compare(problems, "/record/holder_basic_data/social_security_number",
            request.person ? request.person->social_security_number() : std::string{},
            begun.person);
    if (request.version) {
        compare(problems, "/version", apdu::to_text(*request.version),
                apdu::to_text(begun.version));
    }
    if (request.algorithm) {
        compare(problems, "/algorithm", keys::to_text(*request.algorithm),
                keys::to_text(begun.algorithm));
    }
    if (request.region) {
        compare(problems, "/region", *request.region, begun.region);
    }
    if (request.reset_info) {
        compare(problems, "/reset_info", *request.reset_info, session::hex_text(begun.wanted));
    }
    if (problems.empty()) {
        return std::nullopt;
    }
    return session::Fault{.code = session::FaultCode::card_in_making,
                          .detail = begun.record.card_number,
                          .problems = std::move(problems)};
}

RecordMark record_of(PersonalizationRequest const& request) {
    return request.person ? RecordMark{request.record_digest, request.person->card_number()}
                          : RecordMark{};
}

Making gone_on_with(Making making, PersonalizationRequest const& request) {
    RecordMark record = record_of(request);
    if (record == making.record) {
        return making;
    }
    std::erase(making.earlier_records, record);
    making.earlier_records.push_back(std::exchange(making.record, std::move(record)));
    return making;
}

keys::CardIdentity identity_of(Making const& making) {
    keys::CardIdentity card{making.algorithm, {}, making.wanted};
    apdu::require(making.region.size() == 2 * card.region.size() &&
                  apdu::pack_digits(making.region, card.region).ok());
    return card;
}

} // namespace personalization
