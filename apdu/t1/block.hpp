#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"
#include "apdu/transmission_parameters.hpp"

#include <array>

namespace apdu::t1 {

/// Bytes of an information field at most, and of a whole block: NAD, PCB, LEN, INF, CRC.
inline constexpr std::size_t inf_size_max = 254;
inline constexpr std::size_t prologue_size = 3;
inline constexpr std::size_t block_size_max = prologue_size + inf_size_max + 2;

/// What a block is. ISO/IEC 7816-3:2006 §11.3.2.
enum class BlockKind : std::uint8_t {
    information,
    acknowledge, ///< R-block without an error
    edc_wrong,   ///< R-block: a parity or check error
    other_wrong, ///< R-block: another error
    resynch,     ///< S-blocks
    ifs,
    abort,
    wtx,
};

/// A block taken apart; its information field is borrowed.
struct Block {
    BlockKind kind;
    bool is_response = false; ///< of an S-block
    std::uint8_t number = 0;  ///< N(S) of an I-block, N(R) of an R-block
    bool has_more = false;    ///< M of an I-block: it is chained to the next
    ByteView inf{};

    /// True for an R-block of any kind.
    [[nodiscard]] bool is_receive_ready() const {
        return kind == BlockKind::acknowledge || kind == BlockKind::edc_wrong ||
               kind == BlockKind::other_wrong;
    }
};

/// Why bytes are no block.
enum class BlockFault : std::uint8_t {
    edc,   ///< the check does not fit
    other, ///< a size that does not fit LEN, LEN 255, a PCB or an information field that is none
};

/// Reads a whole block, with any NAD that has node addresses 0: others are not used. INF of IFS: 1
/// to 254; of WTX: not 0.
[[nodiscard]] Result<Block, BlockFault> parse_block(ByteView bytes, Edc edc);

/// Writes a block with NAD 0. @returns bytes written. require: what parse_block() takes.
std::size_t encode_block(Block const& block, Edc edc, std::span<std::uint8_t, block_size_max> out);

/// Bytes of the check at a block's end.
[[nodiscard]] constexpr std::size_t edc_size(Edc edc) { return edc == Edc::crc ? 2 : 1; }

/// Bytes that a block has whose first three bytes those are; 0 for LEN 255. require: three bytes.
[[nodiscard]] std::size_t block_size(ByteView prologue, Edc edc);

} // namespace apdu::t1
