#pragma once

#include "apdu/card_connection.hpp"
#include "apdu/command.hpp"
#include "apdu/response.hpp"

#include <array>

namespace keys::psam {

/// GET RESPONSE and repetitions that one command may take before it is given up.
inline constexpr unsigned answer_rounds_max = 4;

/// A PSAM's whole answer to one command. Data of at most 256 bytes.
class PsamAnswer {
public:
    [[nodiscard]] apdu::ByteView data() const { return apdu::ByteView{bytes_}.first(size_); }
    [[nodiscard]] apdu::StatusWord status() const { return status_; }

private:
    friend class PsamChannel;
    std::array<std::uint8_t, apdu::short_ne_max> bytes_{};
    std::size_t size_ = 0;
    apdu::StatusWord status_ = apdu::sw::success;
};

/// Commands to a PSAM in the forms of T=0 and T=1, with GET RESPONSE after 61xx and the command
/// again after 6Cxx. What went out is wiped: it may hold a PIN. A status word other than 9000 is an
/// answer.
class PsamChannel {
public:
    /// `connection` must outlive the channel.
    explicit PsamChannel(apdu::CardConnection& connection) : connection_{connection} {}

    /// require: is_short(). Errors: those of CardConnection::transmit(); malformed (no status word,
    /// or more data than was asked for); too_many_rounds.
    [[nodiscard]] apdu::Result<PsamAnswer> send(apdu::Command const& command);

private:
    [[nodiscard]] apdu::Result<apdu::Done> exchange(apdu::Command const& command,
                                                    PsamAnswer& answer);

    apdu::CardConnection& connection_;
};

} // namespace keys::psam
