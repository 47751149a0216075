#pragma once

#include "host/virtual/card_memory.hpp"

#include <optional>

namespace virtual_card {

/// How a block ends. ISO/IEC 7816-3:2006 §11.4.4.
enum class BlockCode : std::uint8_t { lrc, crc };

/// A block of T=1. ISO/IEC 7816-3:2006 §11.3.
struct T1Block {
    std::uint8_t nad = 0;
    std::uint8_t pcb = 0;
    Bytes information{};

    friend bool operator==(T1Block const&, T1Block const&) = default;
};

/// Bytes of the longest information field.
inline constexpr std::size_t information_size_max = 254;

/// Bytes of a block's end.
[[nodiscard]] std::size_t size_of(BlockCode code);

/// The characters of a block. require: information ≤ information_size_max.
[[nodiscard]] Bytes encode(T1Block const& block, BlockCode code);

/// Reads the characters of one whole block; nothing where its code is wrong or its length another.
[[nodiscard]] std::optional<T1Block> parse_t1_block(apdu::ByteView characters, BlockCode code);

} // namespace virtual_card
