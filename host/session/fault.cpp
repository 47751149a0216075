#include "host/session/fault.hpp"

#include <array>

namespace session {
namespace {

/// In the order of FaultCode.
constexpr auto fault_names = std::to_array<std::string_view>({
    "no_pcsc_service",
    "no_reader",
    "unknown_reader",
    "several_readers",
    "reader_gone",
    "reader_busy",
    "no_card",
    "card_removed",
    "card_mute",
    "answer_malformed",
    "too_many_rounds",
    "foreign_card",
    "bare_chip",
    "unknown_version",
    "algorithm_refused",
    "card_id_malformed",
    "card_not_genuine",
    "authentication_failed",
    "key_locked",
    "application_blocked",
    "card_blocked",
    "unexpected_status",
    "verification_failed",
    "key_missing",
    "keys_locked",
    "key_service_failed",
    "key_held_back",
    "centre_unreachable",
    "centre_not_trusted",
    "centre_refused",
    "certificate_unusable",
    "psam_missing",
    "psam_lost",
    "psam_key_locked",
    "psam_level_too_low",
    "other_keys",
    "transport_key_wrong",
    "transport_key_refused_before",
    "pin_wrong",
    "pin_blocked",
    "pin_not_set",
    "pin_malformed",
    "last_try_refused",
    "terminal_pin_refused",
    "no_pin_pad",
    "pin_entry_cancelled",
    "pin_entry_timed_out",
    "no_terminal",
    "terminal_refused",
    "unknown_file",
    "unknown_item",
    "access_never",
    "pin_needed",
    "record_invalid",
    "request_invalid",
    "person_has_card",
    "not_this_card",
    "card_in_making",
    "half_made",
    "card_voided",
    "journal_failed",
    "journal_damaged",
    "already_personalized",
});
static_assert(fault_names.size() == static_cast<std::size_t>(FaultCode::already_personalized) + 1);

constexpr FaultCode code_of(apdu::Error error) {
    switch (error) {
    case apdu::Error::service_gone:
        return FaultCode::no_pcsc_service;
    case apdu::Error::reader_gone:
        return FaultCode::reader_gone;
    case apdu::Error::sharing_violation:
        return FaultCode::reader_busy;
    case apdu::Error::card_absent:
        return FaultCode::no_card;
    case apdu::Error::card_removed:
        return FaultCode::card_removed;
    case apdu::Error::card_mute:
    case apdu::Error::timed_out:
        return FaultCode::card_mute;
    case apdu::Error::too_many_rounds:
        return FaultCode::too_many_rounds;
    case apdu::Error::not_found: // of what a reader can do
        return FaultCode::no_pin_pad;
    default:
        return FaultCode::answer_malformed;
    }
}

FaultCode code_of(apdu::StatusWord status, apdu::Ins ins) {
    if (status == apdu::sw::locked) {
        return FaultCode::key_locked;
    }
    if (status == apdu::sw::application_blocked) {
        return FaultCode::application_blocked;
    }
    // 6A81 is a blocked card where SELECT answers it, else a function that the card lacks.
    if (status == apdu::sw::function_not_supported && ins == apdu::Ins::select) {
        return FaultCode::card_blocked;
    }
    return FaultCode::unexpected_status;
}

} // namespace

std::string_view to_text(FaultCode code) {
    auto const at = static_cast<std::size_t>(code);
    apdu::require(at < fault_names.size());
    return fault_names[at];
}

Fault fault_of(apdu::Error error) { return Fault{.code = code_of(error)}; }

Fault fault_of(apdu::StatusWord status, apdu::Ins ins, std::string detail) {
    return Fault{.code = code_of(status, ins),
                 .detail = std::move(detail),
                 .status = status,
                 .ins = ins,
                 .tries_left = status.tries_left()};
}

} // namespace session
