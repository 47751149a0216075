#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/physical_card.hpp"

namespace virtual_card {

/// A card under T=0, one exchange a command: what a length byte means hangs on the instruction,
/// data of a case 4 command wait for GET RESPONSE (61xx), a wrong Le is answered 6Cxx. The card's
/// own machine, shared with no terminal. ISO/IEC 7816-3:2006 §12.
class T0Card final : public PhysicalCard {
public:
    /// `card` must outlive it.
    explicit T0Card(Card& card) : card_{card} {}

    void reset() override;
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    /// Header, P3 and data; a missing P3 counts as 00, and an Le behind data (a whole case 4 APDU)
    /// is taken and not looked at. 6700: anything longer or shorter than P3 says.
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;
    [[nodiscard]] bool takes_data(apdu::ByteView header) const override;
    void cut_power(MemoryCut cut) override { card_.cut_power(cut); }
    [[nodiscard]] std::size_t memory_writes() const override { return card_.memory_writes(); }

private:
    Bytes get_response(apdu::ByteView command);
    Bytes answer_of(std::optional<Answer> answer, DataFlow flow);

    Card& card_;
    Bytes waiting_{};
};

/// `data` and the status word behind them, as they go over the line.
[[nodiscard]] Bytes response_of(apdu::ByteView data, apdu::StatusWord status);

} // namespace virtual_card
