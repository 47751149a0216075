#pragma once

#include "keys/algorithm.hpp"

#include "apdu/bytes.hpp"

#include <array>

namespace keys {

inline constexpr std::size_t historical_size = 13;

/// What the diversification of a card's keys depends on. card.md §1.3, §3.4.
struct CardIdentity {
    Algorithm algorithm;
    std::array<std::uint8_t, 3> region; ///< of issue, GB/T 2260, packed BCD: 63 99 00
    std::array<std::uint8_t, historical_size> historical; ///< T1…TD of the ATR

    /// T6…TD, the factor of the card's level.
    [[nodiscard]] apdu::ByteView factor() const { return apdu::ByteView{historical}.subspan(5, 8); }
    /// T8…TD, what the transport key is proved over.
    [[nodiscard]] apdu::ByteView transport_data() const {
        return apdu::ByteView{historical}.subspan(7, 6);
    }
    /// TA…TD, the card's serial number in its identification code.
    [[nodiscard]] apdu::ByteView serial() const { return apdu::ByteView{historical}.subspan(9, 4); }
};

} // namespace keys
