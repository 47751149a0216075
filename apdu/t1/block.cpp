#include "apdu/t1/block.hpp"

#include <optional>

namespace apdu::t1 {
namespace {

constexpr std::size_t pcb_at = 1;
constexpr std::size_t len_at = 2;
constexpr std::uint8_t reserved_len = 255;

// PCB. ISO/IEC 7816-3:2006 §11.3.2.2.
constexpr std::uint8_t not_information = 0x80;
constexpr std::uint8_t supervisory = 0xC0;
constexpr std::uint8_t number_of_i = 0x40;
constexpr std::uint8_t more_bit = 0x20;
constexpr std::uint8_t reserved_of_i = 0x1F;
constexpr std::uint8_t number_of_r = 0x10;
constexpr std::uint8_t reserved_of_r = 0x2F;
constexpr std::uint8_t response_bit = 0x20;
constexpr std::uint8_t kind_of_s = 0x1F;

/// R-blocks by their low bits, S-blocks by theirs.
constexpr std::array r_kinds{BlockKind::acknowledge, BlockKind::edc_wrong, BlockKind::other_wrong};
constexpr std::array s_kinds{BlockKind::resynch, BlockKind::ifs, BlockKind::abort, BlockKind::wtx};

std::uint8_t lrc_of(ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

/// ISO/IEC 13239: x^16 + x^12 + x^5 + 1, least significant bit first, preset to ones. ASSUMED: not
/// inverted at the end, and sent with the most significant byte first, as libccid does it, which
/// computes it for the same cards; readers are known to differ.
std::uint16_t crc_of(ByteView bytes) {
    constexpr std::uint16_t polynomial = 0x8408;
    std::uint16_t crc = 0xFFFF;
    for (std::uint8_t const byte : bytes) {
        crc = static_cast<std::uint16_t>(crc ^ byte);
        for (int bit = 0; bit < 8; ++bit) {
            bool const is_odd = (crc & 1U) != 0;
            crc = static_cast<std::uint16_t>((crc >> 1U) ^ (is_odd ? polynomial : 0U));
        }
    }
    return crc;
}

void write_edc(ByteView checked, Edc edc, ByteSpan out) {
    if (edc == Edc::lrc) {
        out[0] = lrc_of(checked);
        return;
    }
    std::uint16_t const crc = crc_of(checked);
    out[0] = static_cast<std::uint8_t>(crc >> 8U);
    out[1] = static_cast<std::uint8_t>(crc);
}

bool fits(ByteView bytes, Edc edc) {
    std::array<std::uint8_t, 2> expected{};
    ByteView const checked = bytes.first(bytes.size() - edc_size(edc));
    write_edc(checked, edc, expected);
    return equal_bytes(bytes.last(edc_size(edc)), ByteView{expected}.first(edc_size(edc)));
}

std::optional<Block> supervisory_block(std::uint8_t pcb, ByteView inf) {
    std::uint8_t const index = pcb & kind_of_s;
    if (index >= s_kinds.size()) {
        return std::nullopt;
    }
    Block const block{.kind = s_kinds[index], .is_response = (pcb & response_bit) != 0, .inf = inf};
    switch (block.kind) {
    case BlockKind::ifs:
        return inf.size() == 1 && inf[0] != 0 && inf[0] != reserved_len ? std::optional{block}
                                                                        : std::nullopt;
    case BlockKind::wtx:
        return inf.size() == 1 && inf[0] != 0 ? std::optional{block} : std::nullopt;
    default:
        return inf.empty() ? std::optional{block} : std::nullopt;
    }
}

std::optional<Block> block_of(std::uint8_t pcb, ByteView inf) {
    if ((pcb & not_information) == 0) {
        Block const block{.kind = BlockKind::information,
                          .number = static_cast<std::uint8_t>((pcb & number_of_i) != 0 ? 1 : 0),
                          .has_more = (pcb & more_bit) != 0,
                          .inf = inf};
        return (pcb & reserved_of_i) == 0 ? std::optional{block} : std::nullopt;
    }
    if ((pcb & supervisory) == supervisory) {
        return supervisory_block(pcb, inf);
    }
    std::uint8_t const index = pcb & reserved_of_r;
    if (index >= r_kinds.size() || !inf.empty()) {
        return std::nullopt;
    }
    return Block{.kind = r_kinds[index],
                 .number = static_cast<std::uint8_t>((pcb & number_of_r) != 0 ? 1 : 0)};
}

template <typename Kinds>
std::uint8_t index_of(Kinds const& kinds, BlockKind kind) {
    std::uint8_t index = 0;
    while (kinds[index] != kind) {
        ++index;
    }
    return index;
}

std::uint8_t pcb_of(Block const& block) {
    if (block.kind == BlockKind::information) {
        return static_cast<std::uint8_t>((block.number != 0 ? number_of_i : 0U) |
                                         (block.has_more ? more_bit : 0U));
    }
    if (block.is_receive_ready()) {
        return static_cast<std::uint8_t>(not_information | (block.number != 0 ? number_of_r : 0U) |
                                         index_of(r_kinds, block.kind));
    }
    return static_cast<std::uint8_t>(supervisory | (block.is_response ? response_bit : 0U) |
                                     index_of(s_kinds, block.kind));
}

} // namespace

std::size_t block_size(ByteView prologue, Edc edc) {
    require(prologue.size() >= prologue_size);
    std::uint8_t const len = prologue[len_at];
    return len == reserved_len ? 0 : prologue_size + len + edc_size(edc);
}

Result<Block, BlockFault> parse_block(ByteView bytes, Edc edc) {
    if (bytes.size() < prologue_size + edc_size(edc) || bytes.size() != block_size(bytes, edc)) {
        return BlockFault::other;
    }
    if (!fits(bytes, edc)) {
        return BlockFault::edc;
    }
    auto const block = block_of(bytes[pcb_at], bytes.subspan(prologue_size, bytes[len_at]));
    if (!block || bytes[0] != 0) {
        return BlockFault::other;
    }
    return *block;
}

std::size_t encode_block(Block const& block, Edc edc, std::span<std::uint8_t, block_size_max> out) {
    require(block.inf.size() <= inf_size_max);
    out[0] = 0;
    out[pcb_at] = pcb_of(block);
    out[len_at] = static_cast<std::uint8_t>(block.inf.size());
    copy_bytes(block.inf, out.subspan(prologue_size));
    std::size_t const size = prologue_size + block.inf.size();
    write_edc(out.first(size), edc, out.subspan(size));
    return size + edc_size(edc);
}

} // namespace apdu::t1
