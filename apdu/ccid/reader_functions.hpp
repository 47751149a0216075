#pragma once

#include "apdu/ccid/pin_operation.hpp"

namespace apdu::ccid {

/// What a reader does besides carrying commands; implemented by host/pcsc, and by tests.
class ReaderFunctions {
public:
    ReaderFunctions() = default;
    ReaderFunctions(ReaderFunctions const&) = delete;
    ReaderFunctions& operator=(ReaderFunctions const&) = delete;
    virtual ~ReaderFunctions() = default;

    /// Sends an Escape to the reader itself. @returns bytes of the answer. Errors: not_found (it
    /// takes none, or not this one), reader_gone, service_gone, timed_out, too_long (longer than
    /// `answer`).
    [[nodiscard]] virtual Result<std::size_t> escape(ByteView command, ByteSpan answer) = 0;

    /// Has PINs typed at the reader's own PIN pad and sends the command with them. @returns bytes
    /// of the response: the card's, or of two bytes the pad's own: 6400 nobody typed in time, 6401
    /// cancelled. PC/SC part 10 §2.5. Errors: not_found (there is no such PIN pad), and as
    /// CardConnection::transmit(). require: a card is connected.
    [[nodiscard]] virtual Result<std::size_t> transmit_at_pad(PinOperation const& operation,
                                                              ByteSpan response) = 0;
};

} // namespace apdu::ccid
