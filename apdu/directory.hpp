#pragma once

#include <cstddef>
#include <cstdint>

namespace apdu {

/// A directory of the card: the MF, the social security environment and its applications. card.md
/// §1.1.
enum class Directory : std::uint8_t { mf, ssse, df01, df02, df03, df04, df05, df06, df07 };

inline constexpr std::size_t directory_count = 9;

} // namespace apdu
