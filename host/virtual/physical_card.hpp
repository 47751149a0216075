#pragma once

#include "host/virtual/card_memory.hpp"
#include "host/virtual/write_gate.hpp"

#include "apdu/instruction.hpp"

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

    /// True when data go to the card with a command of that header (5 bytes): the card then asks
    /// for them under T=0. ISO/IEC 7816-3:2006 §12.1.
    [[nodiscard]] virtual bool takes_data(apdu::ByteView header) const {
        switch (static_cast<apdu::Ins>(header[1])) {
        case apdu::Ins::get_challenge:
        case apdu::Ins::get_response:
        case apdu::Ins::read_binary:
        case apdu::Ins::read_record:
            return false;
        default:
            return header[4] != 0;
        }
    }

    /// Cuts the power at that write of the memory; a card without one takes no notice.
    virtual void cut_power(MemoryCut) {}

    /// Writes of its memory so far.
    [[nodiscard]] virtual std::size_t memory_writes() const { return 0; }
};

} // namespace virtual_card
