#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/faulty_card.hpp"

#include "apdu/card_connection.hpp"

#include <memory>

namespace virtual_card {

/// A virtual card in the same process, under T=0, behind the interface that readers have: for tests
/// of whatever talks to cards. Its random numbers are the same in every run.
class LocalConnection final : public apdu::CardConnection {
public:
    /// `faults` may hold a removal at command n, and any other. `store`, where given, must outlive
    /// the connection and is told of every change of the memory.
    explicit LocalConnection(CardMemory memory, std::vector<Fault> faults = {},
                             MemoryStore* store = nullptr);
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

    /// Puts a removed card back and resets it.
    void insert();

    /// What the card has in its memory now.
    [[nodiscard]] CardMemory const& memory() const;

    /// Commands that the card has been sent so far, GET RESPONSE and repetitions counted.
    [[nodiscard]] std::size_t commands() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace virtual_card
