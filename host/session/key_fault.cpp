#include "host/session/key_fault.hpp"

namespace session {
namespace {

FaultCode code_of(keys::KeyFaultReason reason) {
    switch (reason) {
    case keys::KeyFaultReason::key_missing:
    case keys::KeyFaultReason::terminal_key_missing:
        return FaultCode::key_missing;
    case keys::KeyFaultReason::terminal_counter_refused:
    case keys::KeyFaultReason::pin_block_malformed:
        return FaultCode::terminal_pin_refused;
    case keys::KeyFaultReason::algorithm_unsupported:
        return FaultCode::algorithm_refused;
    case keys::KeyFaultReason::back_end_absent:
        return FaultCode::psam_missing;
    case keys::KeyFaultReason::back_end_lost:
        return FaultCode::psam_lost;
    case keys::KeyFaultReason::level_too_low:
        return FaultCode::psam_level_too_low;
    case keys::KeyFaultReason::key_locked:
        return FaultCode::psam_key_locked;
    case keys::KeyFaultReason::key_held_back:
        return FaultCode::key_held_back;
    case keys::KeyFaultReason::back_end_failed:
        break;
    }
    return FaultCode::key_service_failed;
}

} // namespace

Fault fault_of(keys::KeyFault const& fault) {
    if (fault.reason == keys::KeyFaultReason::terminal_key_missing) {
        return Fault{.code = FaultCode::key_missing, .detail = "BDK"};
    }
    if (code_of(fault.reason) == FaultCode::terminal_pin_refused) {
        return Fault{.code = FaultCode::terminal_pin_refused};
    }
    std::string detail{apdu::to_text(fault.key)};
    detail += ", " + std::string{keys::to_text(fault.algorithm)};
    detail += ", version " + std::to_string(fault.version);
    return Fault{.code = code_of(fault.reason), .detail = std::move(detail)};
}

Fault key_missing(keys::Algorithm algorithm, keys::KeyReference key) {
    return fault_of(
        keys::KeyFault{keys::KeyFaultReason::key_missing, key.name, algorithm, key.version});
}

} // namespace session
