#pragma once

#include <array>
#include <cstdint>

namespace keys {

using Challenge = std::array<std::uint8_t, 8>;
using AuthenticationData = std::array<std::uint8_t, 8>;
using Mac = std::array<std::uint8_t, 4>;

} // namespace keys
