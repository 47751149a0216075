#include "host/pcsc/pcsc_error.hpp"

#include <array>
#include <winscard.h>

namespace pcsc {
namespace {

using apdu::Error;

struct Meaning {
    long code;
    std::string_view name;
    Error error;
};

// Codes that are not here mean a wrong call or a broken service; both are service_gone.
constexpr auto meanings = std::to_array<Meaning>({
    {SCARD_E_NO_SERVICE, "SCARD_E_NO_SERVICE", Error::service_gone},
    {SCARD_E_SERVICE_STOPPED, "SCARD_E_SERVICE_STOPPED", Error::service_gone},
    {SCARD_P_SHUTDOWN, "SCARD_P_SHUTDOWN", Error::service_gone},
    {SCARD_F_COMM_ERROR, "SCARD_F_COMM_ERROR", Error::service_gone},
    {SCARD_F_INTERNAL_ERROR, "SCARD_F_INTERNAL_ERROR", Error::service_gone},
    {SCARD_F_UNKNOWN_ERROR, "SCARD_F_UNKNOWN_ERROR", Error::service_gone},
    {SCARD_E_INVALID_HANDLE, "SCARD_E_INVALID_HANDLE", Error::service_gone},
    {SCARD_E_INVALID_PARAMETER, "SCARD_E_INVALID_PARAMETER", Error::service_gone},
    {SCARD_E_INVALID_VALUE, "SCARD_E_INVALID_VALUE", Error::service_gone},
    {SCARD_E_NO_MEMORY, "SCARD_E_NO_MEMORY", Error::service_gone},
    {SCARD_E_SERVER_TOO_BUSY, "SCARD_E_SERVER_TOO_BUSY", Error::service_gone},
    {SCARD_E_CANCELLED, "SCARD_E_CANCELLED", Error::timed_out},
    {SCARD_E_TIMEOUT, "SCARD_E_TIMEOUT", Error::timed_out},
    {SCARD_F_WAITED_TOO_LONG, "SCARD_F_WAITED_TOO_LONG", Error::timed_out},
    {SCARD_E_UNKNOWN_READER, "SCARD_E_UNKNOWN_READER", Error::reader_gone},
    {SCARD_E_READER_UNAVAILABLE, "SCARD_E_READER_UNAVAILABLE", Error::reader_gone},
    {SCARD_E_NO_READERS_AVAILABLE, "SCARD_E_NO_READERS_AVAILABLE", Error::reader_gone},
    {SCARD_E_READER_UNSUPPORTED, "SCARD_E_READER_UNSUPPORTED", Error::reader_gone},
    {SCARD_E_SHARING_VIOLATION, "SCARD_E_SHARING_VIOLATION", Error::sharing_violation},
    {SCARD_E_NO_SMARTCARD, "SCARD_E_NO_SMARTCARD", Error::card_absent},
    {SCARD_W_REMOVED_CARD, "SCARD_W_REMOVED_CARD", Error::card_removed},
    {SCARD_W_RESET_CARD, "SCARD_W_RESET_CARD", Error::card_removed},
    {SCARD_W_UNPOWERED_CARD, "SCARD_W_UNPOWERED_CARD", Error::card_mute},
    {SCARD_W_UNRESPONSIVE_CARD, "SCARD_W_UNRESPONSIVE_CARD", Error::card_mute},
    {SCARD_W_UNSUPPORTED_CARD, "SCARD_W_UNSUPPORTED_CARD", Error::card_mute},
    {SCARD_E_CARD_UNSUPPORTED, "SCARD_E_CARD_UNSUPPORTED", Error::card_mute},
    {SCARD_E_PROTO_MISMATCH, "SCARD_E_PROTO_MISMATCH", Error::card_mute},
    {SCARD_E_NOT_READY, "SCARD_E_NOT_READY", Error::card_mute},
    {SCARD_E_NOT_TRANSACTED, "SCARD_E_NOT_TRANSACTED", Error::card_mute},
    {SCARD_E_COMM_DATA_LOST, "SCARD_E_COMM_DATA_LOST", Error::card_mute},
    {SCARD_E_INSUFFICIENT_BUFFER, "SCARD_E_INSUFFICIENT_BUFFER", Error::too_long},
});

Meaning const* find(long code) {
    for (Meaning const& meaning : meanings) {
        if (meaning.code == code) {
            return &meaning;
        }
    }
    return nullptr;
}

} // namespace

apdu::Error error_of(long code) {
    Meaning const* const meaning = find(code);
    return meaning == nullptr ? Error::service_gone : meaning->error;
}

std::string_view name_of(long code) {
    if (code == SCARD_S_SUCCESS) {
        return "SCARD_S_SUCCESS";
    }
    Meaning const* const meaning = find(code);
    return meaning == nullptr ? "SCARD_?" : meaning->name;
}

} // namespace pcsc
