#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

namespace apdu {

namespace ccid {
class ReaderFunctions;
} // namespace ccid

/// The transmission protocol between reader and card. ISO/IEC 7816-3:2006.
enum class Protocol : std::uint8_t { t0, t1 };

/// One card in one reader, powered, for as long as the object lives; implemented by host/pcsc, and
/// by tests. Carries bytes only: what GET RESPONSE (61xx) and a repeated command (6Cxx) are for is
/// host/session's business.
class CardConnection {
public:
    CardConnection() = default;
    CardConnection(CardConnection const&) = delete;
    CardConnection& operator=(CardConnection const&) = delete;
    virtual ~CardConnection() = default;

    /// Sends one command as the protocol carries it (T=0: header, P3 and data, without a Le after
    /// data) and writes the answer, data and status word, into `response`.
    /// @returns bytes written (≥ 2). Errors: card_removed, card_mute, timed_out, reader_gone,
    /// service_gone; truncated (an answer of fewer than 2 bytes); too_long (longer than
    /// `response`).
    [[nodiscard]] virtual Result<std::size_t> transmit(ByteView command, ByteSpan response) = 0;

    /// Resets the card (warm), so that every security state is lost. Errors as for transmit().
    [[nodiscard]] virtual Result<Done> reset() = 0;

    /// The answer to the last reset; valid until the next reset.
    [[nodiscard]] virtual ByteView atr() const = 0;

    /// The protocol that the reader speaks with the card now.
    [[nodiscard]] virtual Protocol protocol() const = 0;

    /// What the reader does besides; null: nothing that is known. Lives as long as the connection.
    [[nodiscard]] virtual ccid::ReaderFunctions* reader_functions() { return nullptr; }
};

} // namespace apdu
