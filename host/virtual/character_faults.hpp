#pragma once

#include "host/virtual/fault.hpp"

namespace virtual_card {

/// Counts the characters of a card at its contacts and tells which go wrong.
class CharacterFaults {
public:
    /// What becomes of a character.
    struct Fate {
        bool is_damaged = false; ///< its parity is wrong
        bool falls_mute = false; ///< it and all after it do not come, or are not heard
        std::optional<std::uint8_t> babbles{}; ///< from now on the card says that, without end
        bool is_pulled = false;                ///< the card is out of the reader
        std::uint8_t flipped = 0;              ///< its bits that are wrong
        std::optional<std::uint8_t> extra{};   ///< comes before it
    };

    /// Faults of other kinds may be among them.
    explicit CharacterFaults(std::vector<Fault> faults) : faults_{std::move(faults)} {}

    /// A reset: counts anew.
    void reset();
    /// The next character, of whichever side.
    [[nodiscard]] Fate next_character();
    /// The card's next block. @returns true when its code is to be wrong.
    [[nodiscard]] bool spoils_next_block();
    /// True when there is a fault of that kind without a number, or with one up to that.
    [[nodiscard]] bool has_from(FaultKind kind, std::size_t number = 0) const;

private:
    [[nodiscard]] std::optional<Fault> from(FaultKind kind, std::size_t number) const;
    [[nodiscard]] std::optional<Fault> take_once(FaultKind kind, std::size_t number);

    std::vector<Fault> faults_;
    std::size_t characters_ = 0;
    std::size_t blocks_ = 0;
};

} // namespace virtual_card
