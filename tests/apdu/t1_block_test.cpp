#include "apdu/t1/block.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::t1 {
namespace {

std::vector<std::uint8_t> encoded(Block const& block, Edc edc = Edc::lrc) {
    std::array<std::uint8_t, block_size_max> out{};
    return copy_of(ByteView{out}.first(encode_block(block, edc, out)));
}

std::optional<BlockFault> fault_of(std::string_view hex, Edc edc = Edc::lrc) {
    auto const block = parse_block(bytes(hex), edc);
    return block.ok() ? std::nullopt : std::optional{block.error()};
}

/// NAD 00, that PCB and information field, with their LRC.
std::vector<std::uint8_t> with_pcb(unsigned pcb, std::vector<std::uint8_t> const& inf = {}) {
    std::vector<std::uint8_t> block{0, static_cast<std::uint8_t>(pcb),
                                    static_cast<std::uint8_t>(inf.size())};
    block.insert(block.end(), inf.begin(), inf.end());
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : block) {
        sum ^= byte;
    }
    block.push_back(sum);
    return block;
}

// As libccid 1.5.2 sends it (measured on the wire): IFSD 254.
TEST(T1Block, IsAsOthersWriteIt) {
    std::uint8_t const ifsd = 254;
    EXPECT_EQ(encoded({.kind = BlockKind::ifs, .inf = ByteView{&ifsd, 1}}),
              bytes("00 C1 01 FE 3E"));
}

// Each PCB that there can be. ISO/IEC 7816-3:2006 §11.3.2.2.
TEST(T1Block, PcbSaysItsKind) {
    std::vector<std::uint8_t> const one{0x42};
    for (unsigned pcb = 0; pcb < 256; ++pcb) {
        bool const takes_one = pcb < 0x80 || (pcb & 0xDFU) == 0xC1 || (pcb & 0xDFU) == 0xC3;
        auto const raw = with_pcb(pcb, takes_one ? one : std::vector<std::uint8_t>{});
        auto const block = parse_block(raw, Edc::lrc);
        bool const is_i = (pcb & 0x9FU) == 0x00;
        bool const is_r =
            pcb == 0x80 || pcb == 0x81 || pcb == 0x82 || pcb == 0x90 || pcb == 0x91 || pcb == 0x92;
        bool const is_s = (pcb & 0xDCU) == 0xC0;
        ASSERT_EQ(block.ok(), is_i || is_r || is_s) << pcb;
        if (!block.ok()) {
            EXPECT_EQ(block.error(), BlockFault::other);
            continue;
        }
        EXPECT_EQ(encoded(block.value()), raw) << pcb;
        EXPECT_EQ(block.value().is_receive_ready(), is_r) << pcb;
        EXPECT_EQ(block.value().kind == BlockKind::information, is_i) << pcb;
        EXPECT_EQ(block.value().number, is_i ? pcb >> 6U : is_r ? pcb >> 4U & 1U : 0U) << pcb;
        EXPECT_EQ(block.value().has_more, is_i && (pcb & 0x20U) != 0) << pcb;
        EXPECT_EQ(block.value().is_response, is_s && (pcb & 0x20U) != 0) << pcb;
    }
}

TEST(T1Block, EndsWithTheCheckThatTheCardUses) {
    auto const apdu_bytes = bytes("00 A4 00 00 02 3F 00");
    Block const block{.kind = BlockKind::information, .number = 1, .inf = apdu_bytes};
    auto const with_crc = encoded(block, Edc::crc);
    EXPECT_EQ(with_crc.size(), 3U + 7U + 2U);
    EXPECT_TRUE(parse_block(with_crc, Edc::crc).ok());
    for (std::size_t bit = 0; bit < 8 * with_crc.size(); ++bit) {
        auto changed = with_crc;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_FALSE(parse_block(changed, Edc::crc).ok()) << bit;
    }
}

// 00FF ^ the last entry of the table that libccid 1.5.2 (openct) computes it by, 0F78: of one zero.
// An empty I-block has three zeros before it.
TEST(T1Block, HasTheCrcOfLibccid) {
    auto const crc_after = [](std::uint16_t crc) { // of one more zero, bit by bit
        for (int bit = 0; bit < 8; ++bit) {
            crc = static_cast<std::uint16_t>((crc & 1U) != 0 ? crc >> 1U ^ 0x8408U : crc >> 1U);
        }
        return crc;
    };
    ASSERT_EQ(crc_after(0xFFFF), 0x0F87);
    std::uint16_t const expected = crc_after(crc_after(0x0F87));
    auto const block = encoded({.kind = BlockKind::information}, Edc::crc);
    ASSERT_EQ(block.size(), 5U);
    EXPECT_EQ(block[3] << 8U | block[4], expected);
}

TEST(T1Block, IsWholeAndNoMore) {
    EXPECT_EQ(fault_of(""), BlockFault::other);
    EXPECT_EQ(fault_of("00 00 00"), BlockFault::other);
    EXPECT_EQ(fault_of("00 00 00 00"), std::nullopt) << "an empty I-block";
    EXPECT_EQ(fault_of("00 00 00 01"), BlockFault::edc);
    EXPECT_EQ(fault_of("00 00 01 00"), BlockFault::other) << "LEN says more";
    EXPECT_EQ(fault_of("00 00 00 00 00"), BlockFault::other) << "or less";
    EXPECT_EQ(fault_of("21 00 00 21"), BlockFault::other) << "another node";
    auto full = with_pcb(0x00, std::vector<std::uint8_t>(254, 0x11));
    EXPECT_TRUE(parse_block(full, Edc::lrc).ok());
    EXPECT_EQ(block_size(bytes("00 00 FF"), Edc::lrc), 0U);
    EXPECT_EQ(block_size(bytes("00 00 FE"), Edc::crc), 259U);
}

TEST(T1Block, SupervisoryBlocksCarryWhatTheyMust) {
    for (unsigned const pcb : {0xC0U, 0xC2U, 0xE0U, 0xE2U}) { // RESYNCH, ABORT
        EXPECT_TRUE(parse_block(with_pcb(pcb), Edc::lrc).ok());
        EXPECT_FALSE(parse_block(with_pcb(pcb, {1}), Edc::lrc).ok());
    }
    for (unsigned const pcb : {0xC1U, 0xE1U}) { // IFS
        EXPECT_FALSE(parse_block(with_pcb(pcb), Edc::lrc).ok());
        EXPECT_FALSE(parse_block(with_pcb(pcb, {0}), Edc::lrc).ok());
        EXPECT_FALSE(parse_block(with_pcb(pcb, {255}), Edc::lrc).ok());
        EXPECT_TRUE(parse_block(with_pcb(pcb, {254}), Edc::lrc).ok());
    }
    for (unsigned const pcb : {0xC3U, 0xE3U}) { // WTX
        EXPECT_FALSE(parse_block(with_pcb(pcb, {0}), Edc::lrc).ok());
        EXPECT_TRUE(parse_block(with_pcb(pcb, {255}), Edc::lrc).ok());
    }
    EXPECT_FALSE(parse_block(with_pcb(0x80, {1}), Edc::lrc).ok()) << "R-blocks carry nothing";
}

} // namespace
} // namespace apdu::t1
