#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <array>

namespace apdu::t0 {

/// Bytes of a header, and of a response with its status word at most.
inline constexpr std::size_t header_size = 5;
inline constexpr std::size_t data_size_max = 256;
inline constexpr std::size_t response_size_max = data_size_max + 2;

/// NULLs that a card may send in one exchange: each gives it the waiting time once more, and it
/// could prolong one for ever.
inline constexpr unsigned nulls_max = 200;

/// What the terminal is to do next.
struct Action {
    /// Which.
    enum class Kind : std::uint8_t {
        send,    ///< the bytes; then wait for a character for WT
        receive, ///< wait for a character for WT
        done,    ///< `bytes` is the card's answer: data and status word
        fail,    ///< for `error`: malformed (a command that T=0 does not carry, or a procedure byte
                 ///< that is none), too_many_rounds, timed_out
    };
    Kind kind;
    ByteView bytes{}; ///< valid until the next call
    Error error = Error::timed_out;
};

/// The terminal's side of T=0 for one command after the other: procedure bytes, without a line and
/// a clock. 61xx and 6Cxx are answers like others. ISO/IEC 7816-3:2006 §10.3.
class Terminal {
public:
    /// Begins with a command as T=0 carries it: CLA INS P1 P2 alone, with P3, or with P3 and that
    /// many bytes; a byte behind those (the Le of a whole APDU) is not looked at. It must outlive
    /// the exchange.
    [[nodiscard]] Action begin(ByteView command);
    /// The card's next character.
    [[nodiscard]] Action receive(std::uint8_t character);
    /// None came for WT.
    [[nodiscard]] Action time_out();
    /// Forgets the exchange, and what went in it.
    void clear() { *this = Terminal{}; }

private:
    /// What the card's next character is.
    enum class Awaited : std::uint8_t { procedure, data, one_byte, status };

    [[nodiscard]] Action on_procedure(std::uint8_t character);
    [[nodiscard]] Action go_on(std::size_t size, Awaited incoming);
    [[nodiscard]] Action fail(Error error);

    std::array<std::uint8_t, header_size> header_{};
    ByteView outgoing_{};      ///< of the data, not sent yet
    std::size_t incoming_ = 0; ///< bytes of data that the card has still to send
    std::size_t awaited_size_ = 0;
    Awaited awaited_ = Awaited::procedure;
    unsigned nulls_ = 0;
    std::array<std::uint8_t, response_size_max> response_{};
    std::size_t response_size_ = 0;
};

} // namespace apdu::t0
