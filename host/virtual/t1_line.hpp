#pragma once

#include "host/virtual/faulty_card.hpp"
#include "host/virtual/line_fault.hpp"
#include "host/virtual/line_protocol.hpp"

#include <optional>

namespace virtual_card {

/// What a card says of its T=1.
struct T1Options {
    bool has_crc = false;
    std::uint8_t ifsc = 254;
    std::chrono::milliseconds block_waiting{1'400}; ///< BWT: for more the card asks by S(WTX)
    bool has_endless_wtx = false;
    std::vector<LineFault> faults{}; ///< of them: bad_check
};

/// The card's side of T=1: blocks, chains both ways, IFS, WTX, RESYNCH, ABORT. Its own machine,
/// shared with no terminal. ISO/IEC 7816-3:2006 §11.6.
class T1Line final : public LineProtocol {
public:
    /// `card`, which takes whole APDUs, must outlive it.
    T1Line(FaultyCard& card, T1Options options) : card_{card}, options_{std::move(options)} {}

    void begin() override;
    [[nodiscard]] LineReply take(std::uint8_t character, bool is_parity_wrong) override;
    [[nodiscard]] LineReply on_silence() override;
    [[nodiscard]] bool has_error_signal() const override { return false; }

private:
    [[nodiscard]] LineReply take_block();
    [[nodiscard]] LineReply take_information(std::uint8_t pcb, apdu::ByteView inf);
    [[nodiscard]] LineReply take_ready(std::uint8_t pcb);
    [[nodiscard]] LineReply take_supervisory(std::uint8_t pcb, apdu::ByteView inf);
    [[nodiscard]] LineReply carry_out();
    [[nodiscard]] LineReply send(std::uint8_t pcb, apdu::ByteView inf);
    [[nodiscard]] LineReply send_piece();
    [[nodiscard]] LineReply ask_again(std::uint8_t error);
    [[nodiscard]] LineReply repeat();
    [[nodiscard]] std::size_t check_size() const { return options_.has_crc ? 2 : 1; }
    [[nodiscard]] bool is_check_right() const;

    FaultyCard& card_;
    T1Options options_;
    Bytes block_{}; ///< that comes in
    bool is_garbled_ = false;
    std::uint8_t expected_ = 0; ///< N(S) of the terminal's next I-block
    std::uint8_t number_ = 0;   ///< N(S) of the card's
    std::size_t ifsd_ = 32;
    Bytes command_{}; ///< of a chain so far
    Bytes answer_{};  ///< to be sent
    std::size_t acknowledged_ = 0;
    std::size_t piece_ = 0; ///< of the answer, under way
    bool waits_for_extension_ = false;
    std::optional<ExchangeOutcome> late_{}; ///< its answer comes after S(WTX)
    Bytes last_{};                          ///< the card's last block
    std::size_t blocks_ = 0;                ///< of the card's so far
};

} // namespace virtual_card
