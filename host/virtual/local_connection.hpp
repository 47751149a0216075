#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/faulty_card.hpp"

#include "apdu/card_connection.hpp"

#include <memory>

namespace virtual_card {

/// A virtual card in the same process, under T=0, behind the interface that readers have: for tests
/// of whatever talks to cards. Its random numbers are the same in every run.
///
/// To try every interruption: run the work once and ask for commands() and memory_writes(); then,
/// for each of every_interruption(), run it on a new card with that fault alone, insert() the card
/// again, and go on: it has the memory that the interruption left.
class LocalConnection final : public apdu::CardConnection {
public:
    /// `faults` may hold a removal at command n, and any other. `store`, where given, must outlive
    /// the connection and is told of every change of the memory.
    explicit LocalConnection(CardMemory memory, std::vector<Fault> faults = {},
                             MemoryStore* store = nullptr,
                             AntiTearing anti_tearing = AntiTearing::none);
    ~LocalConnection() override;

    /// Errors: card_removed (a removal has come; see insert()); card_mute (a mute card, and after a
    /// power cut until the next reset); too_long (the answer is longer than `response`). A slow
    /// answer comes at once.
    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                                     apdu::ByteSpan response) override;

    /// Errors: card_removed; card_mute.
    [[nodiscard]] apdu::Result<apdu::Done> reset() override;

    [[nodiscard]] apdu::ByteView atr() const override;
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

    /// Puts a card that is removed or without power back and resets it.
    void insert();

    /// What the card has in its memory now.
    [[nodiscard]] CardMemory const& memory() const;

    /// Commands that the card has been sent so far, GET RESPONSE and repetitions counted.
    [[nodiscard]] std::size_t commands() const;

    /// Writes of its memory so far, those that a cut kept from being done too.
    [[nodiscard]] std::size_t memory_writes() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace virtual_card
