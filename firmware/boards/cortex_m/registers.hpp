#pragma once

#include <cstdint>

namespace cortex_m {

/// A register of the chip.
using Register = std::uint32_t volatile;

/// The registers that a chip has at `address`. `Block` has a member for each, in their order.
template <typename Block>
Block& block_at(std::uintptr_t address) {
    return *reinterpret_cast<Block*>(address);
}

} // namespace cortex_m
