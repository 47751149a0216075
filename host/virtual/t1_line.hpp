#pragma once

#include "host/virtual/card_protocol.hpp"
#include "host/virtual/t1_block.hpp"

namespace virtual_card {

/// What a card says of its T=1 in the answer to reset.
struct T1Settings {
    BlockCode code = BlockCode::lrc;
    std::uint8_t ifsc = 254;
};

/// The card's side of T=1: blocks, chains both ways, WTX, IFS, RESYNCH, ABORT, repetitions. Its own
/// machine, shared with no terminal. ISO/IEC 7816-3:2006 §11.
class T1Line final : public CardProtocol {
public:
    explicit T1Line(T1Settings settings) : settings_{settings} {}

    void reset() override;
    [[nodiscard]] ProtocolStep take(std::uint8_t character, bool is_parity_wrong) override;
    [[nodiscard]] Bytes answer(apdu::ByteView response) override;
    /// S(WTX request).
    [[nodiscard]] Bytes sign_of_work() override;
    [[nodiscard]] bool awaits_grant() const override { return awaits_grant_; }
    [[nodiscard]] bool has_dropped_command() const override { return !is_working_; }
    [[nodiscard]] bool is_inside_block() const override { return !incoming_.empty(); }
    /// R-block: other errors.
    [[nodiscard]] Bytes silence() override;
    [[nodiscard]] bool has_error_signal() const override { return false; }

private:
    [[nodiscard]] ProtocolStep take_block();
    [[nodiscard]] ProtocolStep take_information(T1Block const& block);
    [[nodiscard]] ProtocolStep take_acknowledgement(std::uint8_t pcb);
    [[nodiscard]] ProtocolStep take_supervision(T1Block const& block);
    [[nodiscard]] ProtocolStep refuse(std::uint8_t error);
    [[nodiscard]] Bytes say(std::uint8_t pcb, Bytes information = {});
    [[nodiscard]] Bytes say_expected(std::uint8_t error);
    [[nodiscard]] Bytes say_next_part();
    void start_anew();

    T1Settings settings_;
    Bytes incoming_{};             ///< characters of a block that is not whole yet
    bool is_incoming_bad_ = false; ///< one of them had wrong parity
    Bytes command_{};              ///< what chained blocks brought so far
    Bytes response_{};             ///< what is still to be sent, the last part included
    std::size_t part_size_ = 0;    ///< of `response_`, in the last I-block; 0: none is open
    Bytes last_{};                 ///< characters of the last block sent
    std::size_t ifsd_ = 32;
    std::uint8_t send_number_ = 0;   ///< N(S) of the next new I-block, or of the open one
    std::uint8_t expect_number_ = 0; ///< N(S) of the terminal's next
    bool is_working_ = false;
    bool awaits_grant_ = false;
    std::uint8_t nad_ = 0;
};

} // namespace virtual_card
