#pragma once

#include "host/virtual/faulty_card.hpp"
#include "host/virtual/line_protocol.hpp"

namespace virtual_card {

/// How a card asks for data under T=0.
enum class Procedure : std::uint8_t {
    all_at_once, ///< INS
    one_by_one,  ///< INS exclusive or FF, for each
};

/// The card's side of T=0: a header, procedure bytes, data one way or the other, SW1 SW2.
/// ISO/IEC 7816-3:2006 §10.3.
class T0Line final : public LineProtocol {
public:
    /// `card` must outlive it. `has_endless_nulls`: 60 again and again instead of answers.
    explicit T0Line(FaultyCard& card, Procedure procedure = Procedure::all_at_once,
                    bool has_endless_nulls = false)
        : card_{card}, procedure_{procedure}, has_endless_nulls_{has_endless_nulls} {}

    void begin() override { received_.clear(); }
    [[nodiscard]] LineReply take(std::uint8_t character, bool is_parity_wrong) override;
    [[nodiscard]] LineReply on_silence() override { return {}; }
    [[nodiscard]] bool has_error_signal() const override { return true; }

private:
    [[nodiscard]] LineReply carry_out();
    [[nodiscard]] Bytes answer_on_line(apdu::ByteView answer) const;

    FaultyCard& card_;
    Procedure procedure_;
    bool has_endless_nulls_;
    Bytes received_{}; ///< header and data so far
};

} // namespace virtual_card
