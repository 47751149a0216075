#include "host/batch/verdict.hpp"

#include <algorithm>
#include <array>

namespace batch {
namespace {

struct Row {
    std::string_view fault;
    Verdict verdict;
};

constexpr auto rows = std::to_array<Row>({
    {"record_invalid", Verdict::person},
    {"person_has_card", Verdict::person},
    {"request_too_large", Verdict::person},
    {"foreign_card", Verdict::unsuitable},
    {"bare_chip", Verdict::unsuitable},
    {"unknown_version", Verdict::unsuitable},
    {"algorithm_refused", Verdict::unsuitable},
    {"already_personalized", Verdict::unsuitable},
    {"half_made", Verdict::unsuitable},
    {"card_in_making", Verdict::unsuitable},
    {"card_blocked", Verdict::unsuitable},
    {"application_blocked", Verdict::unsuitable},
    {"transport_key_wrong", Verdict::unsuitable},
    {"transport_key_refused_before", Verdict::unsuitable},
    {"not_this_card", Verdict::unsuitable},
    {"card_not_genuine", Verdict::unproven},
    {"authentication_failed", Verdict::unproven},
    {"card_mute", Verdict::contact},
    {"answer_malformed", Verdict::contact},
    {"too_many_rounds", Verdict::contact},
    {"verification_failed", Verdict::contact},
    {"no_card", Verdict::gone},
    {"card_removed", Verdict::gone},
    {"reader_busy", Verdict::outage},
    {"reader_leased", Verdict::outage},
    {"reader_gone", Verdict::outage},
    {"reader_hangs", Verdict::outage},
    {"unknown_reader", Verdict::outage},
    {"no_reader", Verdict::outage},
    {"no_pcsc_service", Verdict::outage},
    {"no_daemon", Verdict::outage},
    {"daemon_stopping", Verdict::outage},
    {"answer_late", Verdict::outage},
    {"key_missing", Verdict::halt},
    {"keys_locked", Verdict::halt},
    {"centre_unreachable", Verdict::outage},
    {"centre_not_trusted", Verdict::halt},
    {"centre_refused", Verdict::halt},
    {"certificate_unusable", Verdict::halt},
    {"key_service_failed", Verdict::halt},
    {"psam_missing", Verdict::halt},
    {"psam_lost", Verdict::halt},
    {"psam_key_locked", Verdict::halt},
    {"psam_level_too_low", Verdict::halt},
    {"key_held_back", Verdict::halt},
    {"other_keys", Verdict::halt},
    {"request_invalid", Verdict::halt},
    {"journal_failed", Verdict::halt},
    {"internal_fault", Verdict::halt},
    {"answer_unreadable", Verdict::halt},
    {"unknown_request", Verdict::halt},
});

} // namespace

Verdict verdict_on(std::string_view fault) {
    auto const* const row =
        std::find_if(rows.begin(), rows.end(), [&](Row const& r) { return r.fault == fault; });
    return row == rows.end() ? Verdict::spoiled : row->verdict;
}

} // namespace batch
