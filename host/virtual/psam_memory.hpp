#pragma once

#include "host/virtual/card_memory.hpp"

#include "keys/card_key.hpp"
#include "keys/key_table.hpp"

#include <array>
#include <optional>
#include <vector>

namespace virtual_card {

/// A key in a PSAM, which leads to a card's key over as many dispersals as its usage byte says.
struct PsamStoredKey {
    keys::PsamKey place;
    keys::CardKey value;
};

/// A key that opens a PSAM itself: the MK of its application, or KID-01, -02 or -03, which the
/// ministry, the province and the city prove themselves by. card.md §3.3.
struct PsamOwnKey {
    keys::CardKey value;
    std::uint8_t tries_left;
};

/// Bytes of a dispersal's factor.
inline constexpr std::size_t psam_factor_size = 8;

/// Tries of such a key: ASSUMED.
inline constexpr std::uint8_t psam_tries_max = 3;

/// A PSAM's keys for the cards of one algorithm: a social security environment with the application
/// DF01 in it.
struct PsamEnvironment {
    keys::Algorithm algorithm;
    std::vector<PsamStoredKey> keys{};
    std::vector<PsamOwnKey> own{}; ///< 0: MK of the application; 1…3: KID-01…03
};

/// What a PSAM holds. card.md §3.3.
struct PsamMemory {
    std::array<std::uint8_t, 15> public_information{}; ///< EF 0015
    std::array<std::uint8_t, 6> terminal_number{};     ///< EF 0016
    std::array<std::uint8_t, 10> application{};        ///< EF 001A
    std::uint32_t transactions = 0;                    ///< EF 0019
    std::optional<PsamEnvironment> first{};            ///< "sx1.sh.社会保障"
    std::optional<PsamEnvironment> second{};           ///< "sx2.sh.社会保障"

    /// True when INITIALIZE ENVIRONMENT takes cards whose id begins with that byte: those of its
    /// own province (ASSUMED).
    [[nodiscard]] bool takes(std::uint8_t province) const { return terminal_number[0] == province; }
};

} // namespace virtual_card
