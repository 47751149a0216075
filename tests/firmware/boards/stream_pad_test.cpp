#include "firmware/boards/streams/stream_pad.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <gtest/gtest.h>

namespace streams {
namespace {

using Kind = hal::PadKey::Kind;

TEST(StreamPad, GivesEachKey) {
    TestStream stream;
    TestClock clock;
    StreamPad pad{stream, clock};
    EXPECT_FALSE(pad.key());
    stream.incoming = {'0', '9', 0x0D, 0x08, 0x1B};
    for (auto const& [kind, digit] : {std::pair{Kind::digit, 0},
                                      {Kind::digit, 9},
                                      {Kind::enter, 0},
                                      {Kind::clear, 0},
                                      {Kind::cancel, 0}}) {
        auto const key = pad.key();
        ASSERT_TRUE(key);
        EXPECT_EQ(key->kind, kind);
        EXPECT_EQ(key->digit, digit);
    }
    EXPECT_FALSE(pad.key());
}

TEST(StreamPad, PassesOverOtherBytes) {
    TestStream stream;
    TestClock clock;
    StreamPad pad{stream, clock};
    EXPECT_FALSE(pad.key());
    stream.incoming = {'/', ':', 0, 0xFF, '5'};
    EXPECT_EQ(pad.key()->digit, 5);
    EXPECT_FALSE(pad.key());
}

TEST(StreamPad, RemembersOneKeyOfThoseThatNobodyLookedFor) {
    TestStream stream;
    TestClock clock;
    StreamPad pad{stream, clock};
    EXPECT_FALSE(pad.key());
    stream.incoming = {'1', '2', '3'};
    clock.us += StreamPad::unseen_us;
    EXPECT_EQ(pad.key()->digit, 1);
    EXPECT_FALSE(pad.key());
}

} // namespace
} // namespace streams
