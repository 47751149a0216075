#include "apdu/pps.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

std::vector<std::uint8_t> encoded(Pps const& pps) {
    std::array<std::uint8_t, pps_size_max> out{};
    return copy_of(ByteView{out}.first(pps.encode(out)));
}

// As libccid 1.5.2 sends it for T=1 and TA1 95 (measured on the wire).
TEST(Pps, AsksForProtocolAndClockRate) {
    EXPECT_EQ(encoded({.protocol = 1, .pps1 = 0x95}), bytes("FF 11 95 7B"));
    EXPECT_EQ(encoded({.protocol = 0}), bytes("FF 00 FF"));
    EXPECT_EQ(encoded({1, 0x95, 0x01, 0x02}), bytes("FF 71 95 01 02 18"));
}

TEST(Pps, IsReadBackAsItWasWritten) {
    for (Pps const& pps : {Pps{0}, Pps{1, 0x95}, Pps{14, {}, 0x80}, Pps{1, 0x11, 0x22, 0x33}}) {
        auto const read = Pps::parse(encoded(pps));
        ASSERT_TRUE(read.ok());
        EXPECT_EQ(read.value(), pps);
    }
}

TEST(Pps, OfOneWholeThatIsSound) {
    EXPECT_EQ(Pps::parse(bytes("FF")).error(), Error::truncated);
    EXPECT_EQ(Pps::parse(bytes("FF 11 95")).error(), Error::truncated);
    EXPECT_EQ(Pps::parse(bytes("FF 11 95 7B 00")).error(), Error::trailing_bytes);
    EXPECT_EQ(Pps::parse(bytes("FF 11 95 7A")).error(), Error::malformed) << "PCK";
    EXPECT_EQ(Pps::parse(bytes("FE 11 95 7A")).error(), Error::malformed) << "PPSS";
    EXPECT_EQ(Pps::parse(bytes("FF 91 95 FB")).error(), Error::malformed) << "bit 8 of PPS0";
    EXPECT_EQ(Pps::parse(bytes("FF 0F F0")).error(), Error::malformed) << "T=15";
}

TEST(Pps, ItsFirstTwoBytesTellItsSize) {
    EXPECT_EQ(pps_size(bytes("FF 00")), 3U);
    EXPECT_EQ(pps_size(bytes("FF 11")), 4U);
    EXPECT_EQ(pps_size(bytes("FF 71")), 6U);
}

// ISO/IEC 7816-3:2006 §9.3.
TEST(Pps, IsAgreedWhereNothingElseIsAnsweredThanWasAsked) {
    Pps const asked{1, 0x95};
    EXPECT_TRUE(is_agreed(asked, {1, 0x95}));
    EXPECT_TRUE(is_agreed(asked, {1})) << "the default Fi and Di then";
    EXPECT_FALSE(is_agreed(asked, {0, 0x95}));
    EXPECT_FALSE(is_agreed(asked, {1, 0x94}));
    EXPECT_FALSE(is_agreed(asked, {1, 0x95, 0x01})) << "not asked for";
    EXPECT_FALSE(is_agreed(asked, {1, 0x95, {}, 0x00}));
    EXPECT_TRUE(is_agreed({1, 0x95, 0x01}, {1, 0x95}));
}

} // namespace
} // namespace apdu
