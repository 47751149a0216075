#include "host/virtual/idle_faults.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

/// Why a card of that kind never has the fault; empty where it may.
std::string_view reason_against(Fault const& fault, CardOptions const& options) {
    bool const is_t1 = options.contact_settings.protocol == ContactProtocol::t1;
    bool const is_foreign = options.form == StartingForm::foreign;
    bool const is_psam = options.form == StartingForm::psam;
    if (is_contact_fault(fault.kind) && options.contacts.empty()) {
        return "only with --contacts";
    }
    switch (fault.kind) {
    case FaultKind::nulls_forever:
        return is_t1 ? "only with --protocol T0" : "";
    case FaultKind::wtx_forever:
    case FaultKind::wrong_code:
    case FaultKind::bad_tck: // the answer to reset has a TCK under T=1 only
        return is_t1 ? "" : "only with --protocol T1";
    case FaultKind::cut_write:
    case FaultKind::torn_write:
    case FaultKind::wrong_authentication:
        return is_foreign || is_psam ? "only with a social security card" : "";
    case FaultKind::wrong_mac:
        return is_foreign ? "a foreign card has no keys" : "";
    default:
        return "";
    }
}

/// True of what goes on once it has begun, so that a second one of its kind changes nothing.
bool goes_on(FaultKind kind) {
    switch (kind) {
    case FaultKind::parity_always:
    case FaultKind::mute_at:
    case FaultKind::babble:
    case FaultKind::nulls_forever:
    case FaultKind::wtx_forever:
    case FaultKind::bad_tck:
    case FaultKind::bad_ts:
        return true;
    default:
        return false;
    }
}

/// Whether `one` leaves nothing for `other` to do.
bool covers(Fault const& one, Fault const& other) {
    bool const is_mute_for_good = one.kind == FaultKind::mute && !one.at;
    return is_mute_for_good || text_of(one) == text_of(other) ||
           (one.kind == other.kind && goes_on(one.kind));
}

} // namespace

std::vector<std::string> idle_faults(GivenTexts const& given, CardOptions const& options) {
    std::vector<std::string> idle;
    auto const& faults = options.faults;
    for (auto fault = faults.begin(); fault != faults.end(); ++fault) {
        auto const reason = reason_against(*fault, options);
        if (!reason.empty()) {
            idle.push_back("--fault " + text_of(*fault) + ": " + std::string{reason});
        }
        for (auto other = std::next(fault); other != faults.end(); ++other) {
            if (covers(*fault, *other) || covers(*other, *fault)) {
                idle.push_back("--fault " + text_of(*fault) + " and --fault " + text_of(*other) +
                               ": one of them never comes to pass");
            }
        }
    }
    bool const comes_back = std::any_of(faults.begin(), faults.end(), [](Fault const& fault) {
        return takes_card_or_power(fault.kind);
    });
    if (given.back_after && !comes_back) {
        idle.emplace_back("--back-after: only with a fault that takes the card or its power away");
    }
    return idle;
}

} // namespace virtual_card
