#include "host/pcsc/pcsc_connection.hpp"

#include "host/pcsc/pcsc_error.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <reader.h>
#include <thread>
#include <type_traits>
#include <utility>
#include <winscard.h>

namespace pcsc {
namespace {

static_assert(std::is_same_v<SCARDHANDLE, long>);
static_assert(apdu::atr_size_max == MAX_ATR_SIZE);

constexpr DWORD protocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;
/// pcscd looks for a card every 400 ms; after this long it has noticed that one was pulled.
constexpr std::chrono::milliseconds removal_wait{600};

/// How often it is asked meanwhile.
constexpr std::chrono::milliseconds removal_look{20};

/// True when the service says, within removal_wait, that the card of this handle is gone. What the
/// service keeps of the handle tells it: what the library tells of readers (SCardStatus,
/// SCardGetStatusChange) is in one place for all threads of a process, and another thread's answer
/// may just have been written over ours.
bool is_card_gone(long handle) {
    auto const deadline = std::chrono::steady_clock::now() + removal_wait;
    while (std::chrono::steady_clock::now() < deadline) {
        LONG const code = SCardBeginTransaction(handle);
        if (code != SCARD_S_SUCCESS) {
            return true;
        }
        (void)SCardEndTransaction(handle, SCARD_LEAVE_CARD);
        std::this_thread::sleep_for(removal_look);
    }
    return false;
}

/// An answer to reset, or the code of why there is none.
struct Answer {
    long code = SCARD_S_SUCCESS;
    std::array<BYTE, MAX_ATR_SIZE> atr{};
    DWORD size = MAX_ATR_SIZE;
};

Answer told_by_status(long handle) {
    Answer answer;
    DWORD name_size = 0;
    DWORD state = 0;
    DWORD active = 0;
    answer.code =
        SCardStatus(handle, nullptr, &name_size, &state, &active, answer.atr.data(), &answer.size);
    return answer;
}

/// By the driver itself; where it does not tell, by SCardStatus, once two answers agree: see
/// is_card_gone() for why one is not enough.
Answer answer_to_reset(long handle) {
    constexpr unsigned looks_max = 10;
    Answer answer;
    if (SCardGetAttrib(handle, SCARD_ATTR_ATR_STRING, answer.atr.data(), &answer.size) ==
        SCARD_S_SUCCESS) {
        return answer;
    }
    answer = told_by_status(handle);
    for (unsigned look = 0; look < looks_max && answer.code == SCARD_S_SUCCESS; ++look) {
        Answer const again = told_by_status(handle);
        bool const agrees = again.code == answer.code && again.size == answer.size &&
                            again.atr == answer.atr && answer.size != 0;
        answer = again;
        if (agrees) {
            break;
        }
    }
    return answer;
}

} // namespace

Connection::Connection(Context const& context, std::string reader, long handle)
    : context_{context}, reader_{std::move(reader)}, handle_{handle}, functions_{handle} {}

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
    auto const taken = connection->take_up(active);
    if (!taken.ok()) {
        return taken.error();
    }
    return connection;
}

// A reset after a pull would have pcscd miss the card's coming back; see unless_pulled().
Connection::~Connection() {
    SCardDisconnect(handle_, is_pulled_ ? SCARD_LEAVE_CARD : SCARD_RESET_CARD);
}

apdu::Result<apdu::Done> Connection::take_up(unsigned long active) {
    if (active != SCARD_PROTOCOL_T0 && active != SCARD_PROTOCOL_T1) {
        return apdu::Error::card_mute;
    }
    Answer const answer = answer_to_reset(handle_);
    if (answer.code != SCARD_S_SUCCESS) {
        return error_of(answer.code);
    }
    protocol_ = active == SCARD_PROTOCOL_T1 ? apdu::Protocol::t1 : apdu::Protocol::t0;
    atr_ = answer.atr;
    atr_size_ = answer.size;
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

// Most drivers tell at once whether a card is there; else pcscd does when it looks the next time.
// Trying by a reset would not do: pcscd then misses a card that comes back before it looks.
apdu::Error Connection::unless_pulled(apdu::Error error) {
    BYTE presence = 0;
    DWORD size = sizeof presence;
    LONG const code = SCardGetAttrib(handle_, SCARD_ATTR_ICC_PRESENCE, &presence, &size);
    is_pulled_ = code == SCARD_S_SUCCESS ? presence == 0 : is_card_gone(handle_);
    return is_pulled_ ? apdu::Error::card_removed : error;
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
    return take_up(active);
}

apdu::ByteView Connection::atr() const { return apdu::ByteView{atr_}.first(atr_size_); }

} // namespace pcsc
