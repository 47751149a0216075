#pragma once

#include "host/pcsc/pcsc_context.hpp"
#include "host/pcsc/reader_control.hpp"

#include "apdu/atr.hpp"
#include "apdu/card_connection.hpp"

#include <array>
#include <memory>
#include <string>

namespace pcsc {

/// A card in a PC/SC reader. The reader is held exclusively (SCARD_SHARE_EXCLUSIVE) for as long as
/// the object lives: no other program may send a command between an authentication and what it is
/// for, and a reader in use is told at once, where SCardBeginTransaction would wait without bound.
/// When the object goes the card is reset, so that no right outlives it. Keeps the context alive by
/// reference; for the thread of that context.
class Connection final : public apdu::CardConnection {
public:
    /// Powers the card and connects with T=0 or T=1, as the card offers. Errors: card_absent,
    /// card_removed, card_mute (no answer to reset, or no protocol of ours), sharing_violation
    /// (another program holds the reader), reader_gone (no reader of that name), service_gone.
    [[nodiscard]] static apdu::Result<std::unique_ptr<Connection>> open(Context const& context,
                                                                        std::string const& reader);
    ~Connection() override;

    /// As CardConnection says; besides, card_removed where another program reset the card.
    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                                     apdu::ByteSpan response) override;
    [[nodiscard]] apdu::Result<apdu::Done> reset() override;
    [[nodiscard]] apdu::ByteView atr() const override;
    [[nodiscard]] apdu::ccid::ReaderFunctions* reader_functions() override { return &functions_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

    /// The reader's name as the service spells it.
    [[nodiscard]] std::string const& reader() const { return reader_; }

private:
    Connection(Context const& context, std::string reader, long handle);
    [[nodiscard]] apdu::Result<apdu::Done> take_up(unsigned long active);
    [[nodiscard]] apdu::Error unless_pulled(apdu::Error error);
    [[nodiscard]] apdu::Error error_after(long code) const;

    Context const& context_;
    std::string reader_;
    long handle_; ///< SCARDHANDLE
    ReaderControl functions_;
    apdu::Protocol protocol_ = apdu::Protocol::t0;
    std::array<std::uint8_t, apdu::atr_size_max> atr_{};
    std::size_t atr_size_ = 0;
    bool is_pulled_ = false;
};

} // namespace pcsc
