#pragma once

#include "apdu/require.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace apdu {

using ByteView = std::span<std::uint8_t const>;
using ByteSpan = std::span<std::uint8_t>;

/// Copies `from` to the start of `to`. require: `to` is at least as long.
constexpr void copy_bytes(ByteView from, ByteSpan to) {
    require(from.size() <= to.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        to[i] = from[i];
    }
}

/// True when both have the same length and content. Not for secrets: see keys/constant_time.hpp.
constexpr bool equal_bytes(ByteView left, ByteView right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i] != right[i]) {
            return false;
        }
    }
    return true;
}

} // namespace apdu
