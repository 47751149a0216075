#include "apdu/ccid/parameters.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::ccid {
namespace {

std::vector<std::uint8_t> encoded(Parameters const& parameters) {
    std::array<std::uint8_t, t1_parameters_size> out{};
    return copy_of(ByteView{out}.first(parameters.encode(out)));
}

TEST(CcidParameters, OfBothProtocolsAreReadBackAsTheyWereWritten) {
    for (auto const& [protocol, text] :
         {std::pair{0, "11 00 00 0A 00"}, std::pair{0, "95 02 FF 01 03"},
          std::pair{1, "95 10 00 4D 00 FE 00"}, std::pair{1, "18 13 FF 9F 03 01 12"}}) {
        auto const read = Parameters::parse(static_cast<std::uint8_t>(protocol), bytes(text));
        ASSERT_TRUE(read.ok()) << text;
        EXPECT_EQ(encoded(read.value()), bytes(text));
    }
}

TEST(CcidParameters, TellWhichByteOfTheMessageIsBad) {
    auto const bad = [](std::uint8_t protocol, std::string_view text) {
        auto const read = Parameters::parse(protocol, bytes(text));
        return read.ok() ? -1 : int{read.error()};
    };
    EXPECT_EQ(bad(2, "11 00 00 0A 00"), specific_at);
    EXPECT_EQ(bad(0, "11 00 00 0A"), length_at);
    EXPECT_EQ(bad(1, "11 10 00 4D 00 FE"), length_at);
    EXPECT_EQ(bad(0, "10 00 00 0A 00"), 10) << "Di reserved";
    EXPECT_EQ(bad(0, "71 00 00 0A 00"), 10) << "Fi reserved";
    EXPECT_EQ(bad(0, "11 01 00 0A 00"), 11);
    EXPECT_EQ(bad(1, "11 00 00 4D 00 FE 00"), 11);
    EXPECT_EQ(bad(0, "11 00 00 00 00"), 13) << "WI 0 is reserved";
    EXPECT_EQ(bad(1, "11 10 00 AD 00 FE 00"), 13) << "BWI above 9";
    EXPECT_EQ(bad(0, "11 00 00 0A 04"), 14);
    EXPECT_EQ(bad(1, "11 10 00 4D 00 FF 00"), 15);
    EXPECT_EQ(bad(1, "11 10 00 4D 00 00 00"), 15);
}

TEST(CcidParameters, AreWhatTheAtrSays) {
    auto const of = [](std::string_view text) {
        return encoded(Parameters::of(Atr::parse(bytes(text)).value()));
    };
    EXPECT_EQ(of("3B 00"), bytes("11 00 00 0A 00"));
    EXPECT_EQ(of("3F 00"), bytes("11 02 00 0A 00"));
    EXPECT_EQ(of("3B 90 95 81 31 FE 9F D4"), bytes("11 10 00 9F 00 FE 00")) << "TA1 waits for PPS";
}

TEST(CcidParameters, SetTheLine) {
    auto const line = Parameters::parse(0, bytes("95 00 05 0A 00")).value().on_line();
    EXPECT_EQ(line.rate(), (ClockRate{512, 16}));
    EXPECT_EQ(line.guard_time_etu(), 17U);
    EXPECT_EQ(line.waiting_time_clocks(), 10U * 960 * 512);
    auto const blocks = Parameters::parse(1, bytes("95 11 FF 9F 00 FE 00")).value().on_line();
    EXPECT_EQ(blocks.guard_time_etu(), 11U);
    EXPECT_EQ(blocks.edc(), Edc::crc);
    EXPECT_EQ(blocks.ifsc(), 254);
}

} // namespace
} // namespace apdu::ccid
