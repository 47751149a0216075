#include "host/virtual/fault.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using std::chrono::milliseconds;

TEST(Fault, IsReadFromText) {
    EXPECT_EQ(parse_fault("mute").value().kind, FaultKind::mute);
    EXPECT_FALSE(parse_fault("mute").value().at);
    EXPECT_EQ(parse_fault("mute@5").value().at, 5U);
    EXPECT_EQ(parse_fault("wrong-mac").value().kind, FaultKind::wrong_mac);
    EXPECT_EQ(parse_fault("wrong-authentication@2").value().kind, FaultKind::wrong_authentication);
    EXPECT_EQ(parse_fault("slow:500ms").value().delay, milliseconds{500});
    EXPECT_EQ(parse_fault("slow:2s@3").value().delay, milliseconds{2000});
    EXPECT_EQ(parse_fault("slow:2s@3").value().at, 3U);
    EXPECT_EQ(parse_fault("status:6F00@12").value().status, apdu::StatusWord{0x6F00});
    EXPECT_EQ(parse_fault("status:6f00").value().status, apdu::StatusWord{0x6F00});
    EXPECT_EQ(parse_fault("removal@7").value().kind, FaultKind::removal);
    EXPECT_EQ(parse_fault("power-cut@9").value().kind, FaultKind::power_cut);
    EXPECT_EQ(parse_fault("removal-after@7").value().kind, FaultKind::removal_after);
    EXPECT_EQ(parse_fault("power-cut-after@9").value().kind, FaultKind::power_cut_after);
    EXPECT_EQ(parse_fault("cut-write@11").value().kind, FaultKind::cut_write);
    EXPECT_EQ(parse_fault("torn-write@11").value().at, 11U);
}

TEST(Fault, OfCharactersIsReadFromText) {
    for (char const* const text :
         {"parity@20", "parity-always@1", "mute-at@3", "babble@4", "babble:60@4", "flip:7@8",
          "extra:60@9", "extra:A5@9", "pull-at@5", "lrc@2", "nulls-forever", "nulls-forever@2",
          "wtx-forever", "wtx-forever@3", "bad-tck", "bad-ts"}) {
        auto const fault = parse_fault(text);
        ASSERT_TRUE(fault.ok()) << text;
        EXPECT_TRUE(is_contact_fault(fault.value().kind));
        EXPECT_EQ(text_of(fault.value()), text);
    }
    for (char const* const text :
         {"parity", "mute-at", "babble", "babble:6@4", "babble:", "flip@3", "flip:8@3", "flip:1",
          "extra@3", "extra:600@3", "pull-at", "pull-at:60@4", "lrc", "bad-tck@2", "bad-ts@1"}) {
        EXPECT_FALSE(parse_fault(text).ok()) << text;
    }
    EXPECT_FALSE(is_contact_fault(FaultKind::torn_write));
}

TEST(Fault, IsTheTextThatItIsReadFrom) {
    for (char const* const text :
         {"mute", "mute@5", "wrong-mac", "wrong-authentication@2", "slow:500ms@3", "status:6F00@12",
          "removal@7", "removal-after@7", "power-cut@9", "power-cut-after@9", "cut-write@11",
          "torn-write@11"}) {
        EXPECT_EQ(text_of(parse_fault(text).value()), text);
    }
}

TEST(Fault, RefusesOtherText) {
    for (char const* const text : {"",
                                   "mut",
                                   "Mute",
                                   "mute@",
                                   "mute@0",
                                   "mute@x",
                                   "mute@-1",
                                   "mute@1000000",
                                   "mute:5",
                                   "slow",
                                   "slow:",
                                   "slow:5",
                                   "slow:ms",
                                   "slow:-1s",
                                   "slow:3601s",
                                   "slow:1s@",
                                   "status",
                                   "status:",
                                   "status:6F0",
                                   "status:6F000",
                                   "status:GGGG",
                                   "removal",
                                   "power-cut",
                                   "removal-after",
                                   "power-cut-after",
                                   "cut-write",
                                   "torn-write",
                                   "torn-write:5@1",
                                   "removal@",
                                   "removal:1s@2",
                                   "mute@5@5",
                                   "mute@99999999999999999999"}) {
        EXPECT_FALSE(parse_fault(text).ok()) << text;
    }
}

TEST(Duration, IsMillisecondsOrSeconds) {
    EXPECT_EQ(parse_duration("0ms").value(), milliseconds{0});
    EXPECT_EQ(parse_duration("3600s").value(), std::chrono::hours{1});
    for (char const* const text : {"", "1", "s", "1m", "1 s", "3600001ms", "1.5s"}) {
        EXPECT_FALSE(parse_duration(text).ok()) << text;
    }
}

} // namespace
} // namespace virtual_card
