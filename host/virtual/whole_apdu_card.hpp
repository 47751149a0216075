#pragma once

#include "host/virtual/physical_card.hpp"

namespace virtual_card {

/// A card under T=1, which carries whole APDUs: data of a case 4 command come at once, as many as
/// its Le asks for. ISO/IEC 7816-3:2006 §12.2.
class WholeApduCard final : public PhysicalCard {
public:
    /// `card`, the same card as T=0 would have it, must outlive it.
    explicit WholeApduCard(PhysicalCard& card) : card_{card} {}

    void reset() override { card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;
    [[nodiscard]] bool takes_data(apdu::ByteView header) const override {
        return card_.takes_data(header);
    }
    void cut_power(MemoryCut cut) override { card_.cut_power(cut); }
    [[nodiscard]] std::size_t memory_writes() const override { return card_.memory_writes(); }

private:
    PhysicalCard& card_;
};

} // namespace virtual_card
