#include "host/pcsc/pcsc_connection.hpp"

#include "host/pcsc/pcsc_error.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <winscard.h>

namespace pcsc {
namespace {

static_assert(std::is_same_v<SCARDHANDLE, long>);
static_assert(apdu::atr_size_max == MAX_ATR_SIZE);

constexpr DWORD protocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
} // namespace

Connection::Connection(Context const& context, std::string reader, long handle)
    : context_{context}, reader_{std::move(reader)}, handle_{handle} {}

apdu::Result<std::unique_ptr<Connection>> Connection::open(Context const& context,
                                                           std::string const& reader) {
    SCARDHANDLE handle = 0;
    DWORD active = 0;
    LONG const code = SCardConnect(context.handle(), reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                   protocols, &handle, &active);
    if (code != SCARD_S_SUCCESS) {
        return error_of(code);
    }
    std::unique_ptr<Connection> connection{new Connection{context, reader, handle}};
    auto const taken = connection->take_status();
    if (!taken.ok()) {
        return taken.error();
    }
    return connection;
}

Connection::~Connection() { SCardDisconnect(handle_, SCARD_RESET_CARD); }

apdu::Result<apdu::Done> Connection::take_status() {
    DWORD name_size = 0;
    DWORD state = 0;
    DWORD active = 0;
    std::array<BYTE, MAX_ATR_SIZE> atr{};
    DWORD atr_size = atr.size();
    LONG const code =
        SCardStatus(handle_, nullptr, &name_size, &state, &active, atr.data(), &atr_size);
    if (code != SCARD_S_SUCCESS) {
        return error_of(code);
    }
    if (active != SCARD_PROTOCOL_T0 && active != SCARD_PROTOCOL_T1) {
        return apdu::Error::card_mute;
    }
    protocol_ = active == SCARD_PROTOCOL_T1 ? apdu::Protocol::t1 : apdu::Protocol::t0;
    atr_size_ = std::min<std::size_t>(atr_size, atr_.size());
    apdu::copy_bytes(apdu::ByteView{atr}.first(atr_size_), atr_);
    return apdu::Done{};
}

apdu::Result<std::size_t> Connection::transmit(apdu::ByteView command, apdu::ByteSpan response) {
    SCARD_IO_REQUEST const* const sent_as =
        protocol_ == apdu::Protocol::t1 ? SCARD_PCI_T1 : SCARD_PCI_T0;
    DWORD size = response.size();
    LONG const code = SCardTransmit(handle_, sent_as, command.data(), command.size(), nullptr,
                                    response.data(), &size);
    if (code == SCARD_E_NOT_TRANSACTED || code == SCARD_E_COMM_DATA_LOST) {
        return unless_pulled(apdu::Error::card_mute);
    }
    if (code == SCARD_E_NO_SMARTCARD) {
        return apdu::Error::card_removed; // there was one when we connected
    }
    if (code != SCARD_S_SUCCESS) {
        return error_after(code);
    }
    if (size < 2) { // no answer at all is what some drivers make of a card that is not there
        return unless_pulled(size == 0 ? apdu::Error::card_mute : apdu::Error::truncated);
    }
    return static_cast<std::size_t>(size);
}

// pcscd looks for a card every 400 ms only, but at a reset, which has the driver try the contacts.
apdu::Error Connection::unless_pulled(apdu::Error error) {
    auto const was_reset = reset();
    if (was_reset.ok()) {
        return error;
    }
    bool const is_mute = was_reset.error() == apdu::Error::card_mute;
    return is_mute ? error : was_reset.error();
}

// A handle that is no good any more while the service answers was that of a reader that went.
apdu::Error Connection::error_after(long code) const {
    apdu::Error const error = error_of(code);
    bool const is_service_there = error == apdu::Error::service_gone && context_.readers().ok();
    return is_service_there ? apdu::Error::reader_gone : error;
}

apdu::Result<apdu::Done> Connection::reset() {
    DWORD active = 0;
    LONG const code =
        SCardReconnect(handle_, SCARD_SHARE_EXCLUSIVE, protocols, SCARD_RESET_CARD, &active);
    if (code == SCARD_E_NO_SMARTCARD) {
        return apdu::Error::card_removed; // there was one when we connected
    }
    if (code != SCARD_S_SUCCESS) {
        return error_after(code);
    }
    return take_status();
}

apdu::ByteView Connection::atr() const { return apdu::ByteView{atr_}.first(atr_size_); }

} // namespace pcsc
