#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace keys {

/// The algorithm of a card's keys; the values are those of the FCI's tag 86 (card.md §1.2).
/// SSF33 is recognized and refused: its specification is not public.
enum class Algorithm : std::uint8_t { des3 = 0x01, ssf33 = 0x02, sm4 = 0x03 };

/// "3DES", "SSF33", "SM4".
[[nodiscard]] std::string_view to_text(Algorithm algorithm);

/// The algorithm of that spelling, or nothing.
[[nodiscard]] std::optional<Algorithm> algorithm_from_text(std::string_view text);

/// Bytes of a cipher block: 8 for 3DES, 16 for SSF33 and SM4.
[[nodiscard]] constexpr std::uint8_t block_size(Algorithm algorithm) {
    return algorithm == Algorithm::des3 ? 8 : 16;
}

} // namespace keys
