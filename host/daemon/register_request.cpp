#include "host/daemon/register_request.hpp"

namespace sscardd {
namespace {

api::RegisteredCard registered_card(store::CardEntry const& entry) {
    api::RegisteredCard told;
    told.state = store::to_text(entry.state);
    told.reset_info = entry.reset_info;
    told.card_id = entry.card_id;
    told.card_number = entry.card_number;
    told.social_security_number = entry.person;
    told.version = entry.version ? apdu::to_text(*entry.version) : std::string_view{};
    told.algorithm = entry.algorithm ? keys::to_text(*entry.algorithm) : std::string_view{};
    told.region = entry.region;
    told.reason = entry.reason;
    told.replaced_by = entry.replaced_by;
    told.batch = entry.batch;
    told.test_keys = entry.test_keys;
    told.began_at = entry.began_at;
    told.made_at = entry.made_at;
    told.voided_at = entry.voided_at;
    return told;
}

} // namespace

session::Outcome<api::CardList> list_cards(store::CardRegister const& cards,
                                           api::CardListRequest const& request) {
    store::CardFilter filter;
    filter.person = request.social_security_number;
    filter.card_number = request.card_number;
    filter.since = request.since;
    filter.spoiled = request.spoiled;
    filter.limit = request.limit;
    filter.made_with = request.made_with;
    filter.not_made_with = request.not_made_with;
    for (auto const* const key : {&request.made_with, &request.not_made_with}) {
        if (*key && !store::key_mark_from_text(**key)) {
            return session::Fault{
                .code = session::FaultCode::request_invalid,
                .problems = {{key == &request.made_with ? "/made_with" : "/not_made_with",
                              "malformed", "as in UKSSSE/2/0514AC"}}};
        }
    }
    if (request.state) {
        filter.state = store::card_state_from_text(*request.state);
        if (!filter.state) {
            return session::Fault{
                .code = session::FaultCode::request_invalid,
                .problems = {{"/state", "unsupported", "in_making, blank, live or voided"}}};
        }
    }
    auto const entries = cards.list(filter);
    if (!entries.ok()) {
        return entries.error();
    }
    api::CardList list;
    for (store::CardEntry const& entry : entries.value()) {
        list.cards.push_back(registered_card(entry));
    }
    return list;
}

} // namespace sscardd
