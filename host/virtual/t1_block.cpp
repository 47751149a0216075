#include "host/virtual/t1_block.hpp"

#include "apdu/require.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t block_prologue_size = 3;
constexpr std::size_t block_length_at = 2;
constexpr std::uint16_t crc_start = 0xFFFF;
constexpr std::uint16_t crc_polynomial = 0x8408; // x^16 + x^12 + x^5 + 1, low bit first

/// ISO/IEC 13239.
std::uint16_t crc_of(apdu::ByteView bytes) {
    std::uint16_t crc = crc_start;
    for (std::uint8_t const byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) {
            bool const is_one = (crc & 1U) != 0;
            crc = static_cast<std::uint16_t>((crc >> 1U) ^ (is_one ? crc_polynomial : 0U));
        }
    }
    return static_cast<std::uint16_t>(~crc);
}

Bytes block_end_of(apdu::ByteView bytes, BlockCode code) {
    if (code == BlockCode::crc) {
        std::uint16_t const crc = crc_of(bytes);
        return {static_cast<std::uint8_t>(crc >> 8U), static_cast<std::uint8_t>(crc)};
    }
    std::uint8_t lrc = 0;
    for (std::uint8_t const byte : bytes) {
        lrc ^= byte;
    }
    return {lrc};
}

} // namespace

std::size_t size_of(BlockCode code) { return code == BlockCode::crc ? 2 : 1; }

Bytes encode(T1Block const& block, BlockCode code) {
    apdu::require(block.information.size() <= information_size_max);
    Bytes bytes{block.nad, block.pcb, static_cast<std::uint8_t>(block.information.size())};
    bytes.insert(bytes.end(), block.information.begin(), block.information.end());
    Bytes const end = block_end_of(bytes, code);
    bytes.insert(bytes.end(), end.begin(), end.end());
    return bytes;
}

std::optional<T1Block> parse_t1_block(apdu::ByteView characters, BlockCode code) {
    if (characters.size() < block_prologue_size + size_of(code)) {
        return std::nullopt;
    }
    std::size_t const size = characters[block_length_at];
    if (size > information_size_max ||
        characters.size() != block_prologue_size + size + size_of(code)) {
        return std::nullopt;
    }
    auto const inside = characters.first(block_prologue_size + size);
    if (!apdu::equal_bytes(characters.subspan(inside.size()), block_end_of(inside, code))) {
        return std::nullopt;
    }
    auto const information = inside.subspan(block_prologue_size);
    return T1Block{characters[0], characters[1], {information.begin(), information.end()}};
}

} // namespace virtual_card
