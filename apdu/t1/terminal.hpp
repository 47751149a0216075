#pragma once

#include "apdu/t1/block.hpp"

namespace apdu::t1 {

/// Bytes of a command and of a response that one exchange carries: a short APDU each.
inline constexpr std::size_t response_size_max = 258;

/// Blocks that are wrong, or not there in time, one after the other, before the terminal asks for a
/// new beginning; and how often it does. ISO/IEC 7816-3:2006 §11.6.3.2, rules 6.4 and 7.4.
inline constexpr unsigned tries_max = 3;
inline constexpr unsigned resynch_max = 3;
/// Blocks that a card may send in one exchange: it could prolong one for ever by S(WTX) or S(IFS).
inline constexpr unsigned blocks_max = 1000;

/// What the terminal is to do next.
struct Action {
    /// Which.
    enum class Kind : std::uint8_t {
        send, ///< the block in `bytes`; then wait for the card's for BWT times `multiplier`
        done, ///< `bytes` is the card's response
        fail, ///< for `error`: too_many_rounds; timed_out (the card gave no right block, or has
              ///< begun anew and the command must not be repeated); malformed (it gave the command
              ///< up); too_long (its response is)
    };
    Kind kind;
    ByteView bytes{}; ///< valid until the next call
    std::uint8_t multiplier = 1;
    Error error = Error::timed_out;
};

/// Whether a command may reach the card twice, where nobody knows if it had before the new
/// beginning: not one that spends a try.
enum class Repetition : std::uint8_t { never, allowed };

/// Where a conversation stands that another went on with until now.
struct Position {
    std::uint8_t send_number = 0;    ///< N(S) of the terminal's next I-block
    std::uint8_t receive_number = 0; ///< of the card's
    std::uint8_t ifsc = 32;          ///< that the card said last
};

/// The terminal's side of T=1 over one card, from its reset on: the protocol's rules without a line
/// and a clock. A caller sends what it is told, and says what came: a block, a wrong one, or
/// nothing in time. Holds a block and a response. ISO/IEC 7816-3:2006 §11.6.
class Terminal {
public:
    /// For a card with those parameters. `ifsd` is what the terminal takes, 1…254; it is said to
    /// the card before the first command.
    explicit Terminal(TransmissionParameters const& parameters, std::uint8_t ifsd = inf_size_max)
        : reset_ifsc_{parameters.ifsc()}, ifsc_{parameters.ifsc()}, ifsd_{ifsd},
          edc_{parameters.edc()} {}

    /// For a card that has been spoken to since its reset; IFSD has been said to it.
    Terminal(TransmissionParameters const& parameters, Position const& position)
        : reset_ifsc_{parameters.ifsc()}, ifsc_{position.ifsc}, ifsd_{inf_size_max},
          edc_{parameters.edc()}, send_number_{position.send_number},
          receive_number_{position.receive_number}, is_ifsd_said_{true}, has_heard_{true} {}

    /// Begins with a command APDU, which must outlive the exchange. require: not empty, and no
    /// exchange goes on.
    [[nodiscard]] Action begin(ByteView command, Repetition repetition);

    /// The bytes that came as a block, or fewer.
    [[nodiscard]] Action receive(ByteView bytes);
    /// A block came with a character of wrong parity.
    [[nodiscard]] Action receive_garbled() { return on_wrong(BlockKind::edc_wrong); }
    /// Nothing came for BWT, or a block stopped for CWT.
    [[nodiscard]] Action time_out() { return on_wrong(BlockKind::other_wrong); }

    /// Where the conversation stands now.
    [[nodiscard]] Position position() const { return {send_number_, receive_number_, ifsc_}; }

private:
    /// What was sent last; the card's answer to it is waited for.
    enum class Sent : std::uint8_t { information, receive_ready, ifs, resynch, abort, response };

    [[nodiscard]] Action send(Block const& block, Sent sent, std::uint8_t multiplier = 1);
    [[nodiscard]] Action repeat() const;
    [[nodiscard]] Action send_next();
    [[nodiscard]] Action send_information();
    [[nodiscard]] Action send_ifs();
    [[nodiscard]] Action send_ready(BlockKind kind);
    [[nodiscard]] Action on_wrong(BlockKind kind);
    [[nodiscard]] Action on_information(Block const& block);
    [[nodiscard]] Action on_ready(Block const& block);
    [[nodiscard]] Action on_request(Block const& block);
    [[nodiscard]] Action on_response(Block const& block);
    [[nodiscard]] Action begin_anew();
    [[nodiscard]] Action start_again();
    [[nodiscard]] Action take(ByteView inf, bool has_more);
    [[nodiscard]] Action fail(Error error);
    [[nodiscard]] bool has_more() const { return sent_size_ + piece_ < command_.size(); }
    [[nodiscard]] bool awaits_request_answer() const {
        return last_ == Sent::ifs || last_ == Sent::resynch || last_ == Sent::abort;
    }

    std::uint8_t reset_ifsc_;
    std::uint8_t ifsc_;
    std::uint8_t ifsd_;
    Edc edc_;
    std::uint8_t send_number_ = 0;    ///< of the I-block of ours that is sent or next
    std::uint8_t receive_number_ = 0; ///< of the card's next
    bool is_ifsd_said_ = false;
    bool has_heard_ = false; ///< a block that was right, since the reset

    ByteView command_{};
    std::size_t sent_size_ = 0; ///< of the command, acknowledged
    std::size_t piece_ = 0;     ///< of the command, in the I-block that is sent
    Repetition repetition_ = Repetition::never;
    bool has_gone_out_ = false; ///< a part of the command
    bool is_receiving_ = false; ///< the card's answer has begun
    bool is_aborted_ = false;   ///< by the card
    Sent last_ = Sent::information;
    unsigned wrong_ = 0; ///< in a row
    unsigned resynchs_ = 0;
    unsigned blocks_ = 0;
    std::array<std::uint8_t, block_size_max> out_{};
    std::size_t out_size_ = 0;
    std::uint8_t out_multiplier_ = 1;
    std::array<std::uint8_t, response_size_max> response_{};
    std::size_t response_size_ = 0;
};

} // namespace apdu::t1
