#pragma once

#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/contact_card.hpp"
#include "host/virtual/t0_card.hpp"
#include "host/virtual/whole_apdu_card.hpp"

namespace virtual_card {

/// A blank 2.00 card at its contacts, and a terminal's hand on them; time goes by itself to
/// whatever is due.
class ContactBench {
public:
    explicit ContactBench(ContactSettings settings = {}, std::vector<Fault> faults = {});

    /// An event now; what leaves until then is kept.
    void event(ContactEventType type, std::uint8_t value = 0);
    /// Contacts up in the standard's order. @returns the characters that came, in hex; see come().
    std::string power_up();
    /// Contacts down in order.
    void power_down();
    /// Characters in hex with right parity. @returns what came.
    std::string send(std::string_view hex);
    /// All that comes while nothing is sent, for so long: characters in hex, those of wrong parity
    /// with a "!" behind them; "E" an error signal, "+" and "-" the card in and out.
    std::string come(std::uint64_t for_us = 30'000);
    /// A block of T=1 with its code. @returns the block that came, without its code.
    std::string block(std::string_view hex, BlockCode code = BlockCode::lrc);

    ContactCard& contacts() { return contacts_; }
    std::uint64_t now_us = 1'000'000;
    std::size_t taken = 0; ///< characters that the card said to have taken

private:
    CardMemory memory_ = blank(plan_2());
    keys::openssl::EvpCipher cipher_{};
    SeededRandom random_{1};
    Card card_{memory_, {cipher_, random_}};
    T0Card t0_{card_};
    WholeApduCard whole_{card_};
    FaultyCard faulty_;
    ContactCard contacts_;
};

} // namespace virtual_card
