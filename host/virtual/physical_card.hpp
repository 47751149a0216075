#pragma once

#include "host/virtual/card_memory.hpp"

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

    /// One command as the reader carries it, and the whole answer: data and status word.
    [[nodiscard]] virtual Bytes exchange(apdu::ByteView command) = 0;
};

} // namespace virtual_card
