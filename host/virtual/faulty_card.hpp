#pragma once

#include "host/virtual/fault.hpp"
#include "host/virtual/physical_card.hpp"

#include <vector>

namespace virtual_card {

/// What comes of one command at a card that may be faulty.
struct ExchangeOutcome {
    /// The ways a command can end.
    enum class What : std::uint8_t {
        answered,
        mute,
        removed,    ///< it has left the reader; see FaultyCard::come_back()
        power_lost, ///< it stays in the reader, off until the next reset
    };
    What what;
    Bytes answer{};                     ///< when answered
    std::chrono::milliseconds delay{0}; ///< until then
};

/// A card with faults in front of it. It counts commands and owns no clock: a delay is told, and
/// waited for by whoever drives the card.
class FaultyCard {
public:
    /// `card` must outlive it. It is reset.
    FaultyCard(PhysicalCard& card, std::vector<Fault> faults);

    /// Power on or reset. @returns the ATR; nothing when the card does not answer, or is away.
    [[nodiscard]] std::optional<apdu::ByteView> reset();

    /// One command, or what a fault makes of it.
    [[nodiscard]] ExchangeOutcome exchange(apdu::ByteView command);

    /// Puts a card that was removed into the reader again.
    void come_back();

    [[nodiscard]] bool is_away() const { return state_ == State::away; }

    /// See PhysicalCard::takes_data().
    [[nodiscard]] bool takes_data(apdu::ByteView header) const { return card_.takes_data(header); }

    /// Commands so far, those that were not carried out too.
    [[nodiscard]] std::size_t commands() const { return commands_; }

    /// Writes of the card's memory so far, those that a cut kept from being done too.
    [[nodiscard]] std::size_t memory_writes() const { return card_.memory_writes(); }

private:
    enum class State : std::uint8_t { working, mute, off, away };

    [[nodiscard]] Fault const* active(FaultKind kind) const;
    [[nodiscard]] bool is_always_mute() const;
    Bytes exchange_with_spoiled_codes(apdu::ByteView command);

    PhysicalCard& card_;
    std::vector<Fault> faults_;
    State state_ = State::working;
    std::size_t commands_ = 0;
    std::uint8_t answering_ins_ = 0; ///< whose data GET RESPONSE fetches
};

} // namespace virtual_card
