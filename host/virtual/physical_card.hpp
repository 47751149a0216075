#pragma once

#include "host/virtual/card_memory.hpp"
#include "host/virtual/write_gate.hpp"

namespace virtual_card {

/// A card as a reader meets it at the contacts.
class PhysicalCard {
public:
    PhysicalCard() = default;
    PhysicalCard(PhysicalCard const&) = delete;
    PhysicalCard& operator=(PhysicalCard const&) = delete;
    virtual ~PhysicalCard() = default;

    /// Power on, or a reset while powered.
    virtual void reset() = 0;

    /// What it answers to the last reset; valid until the next.
    [[nodiscard]] virtual apdu::ByteView atr() const = 0;

    /// One command as the reader carries it, and the whole answer: data and status word. Empty: the
    /// power went while the card wrote its memory; only a reset brings it back.
    [[nodiscard]] virtual Bytes exchange(apdu::ByteView command) = 0;

    /// Whether a command with that header (CLA INS P1 P2 …) brings data to the card, under a
    /// protocol that leaves this to the instruction. For instructions that only give data: no.
    [[nodiscard]] virtual bool takes_data(apdu::ByteView header) const;

    /// Cuts the power at that write of the memory; a card without one takes no notice.
    virtual void cut_power(MemoryCut) {}

    /// Writes of its memory so far.
    [[nodiscard]] virtual std::size_t memory_writes() const { return 0; }
};

} // namespace virtual_card
