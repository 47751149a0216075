#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/physical_card.hpp"

namespace virtual_card {

/// A card under T=1: each exchange is a whole short APDU, and its answer is whole too. Le 00 asks
/// for all that there is. ISO/IEC 7816-3:2006 §12.1.
class WholeApduCard final : public PhysicalCard {
public:
    /// `card` must outlive it.
    explicit WholeApduCard(Card& card) : card_{card} {}

    void reset() override { card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    /// 6700: no short APDU.
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;
    void cut_power(MemoryCut cut) override { card_.cut_power(cut); }
    [[nodiscard]] std::size_t memory_writes() const override { return card_.memory_writes(); }

private:
    Card& card_;
};

} // namespace virtual_card
