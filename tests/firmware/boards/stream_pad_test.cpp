#include "firmware/boards/streams/stream_pad.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <gtest/gtest.h>

#include <string>

namespace streams {
namespace {

using Key = hal::PadKey::Kind;

apdu::ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::string frame_of(std::string first, std::string second) {
    first.resize(hal::Display::columns, ' ');
    second.resize(hal::Display::columns, ' ');
    return std::string{'\x02'}.append(first).append(second).append(1, '\x03');
}

std::string sent_on(TestStream const& stream) { return {stream.sent.begin(), stream.sent.end()}; }

TEST(StreamPad, GivesEachKeyAndPassesOverOtherBytes) {
    TestStream stream;
    StreamPad pad{stream};
    EXPECT_FALSE(pad.key());
    stream.incoming = {'0', '/', '9', ':', 0x0D, 0xFF, 0x08, 0, 0x1B};
    for (auto const& [kind, digit] : {std::pair{Key::digit, 0},
                                      {Key::digit, 9},
                                      {Key::enter, 0},
                                      {Key::clear, 0},
                                      {Key::cancel, 0}}) {
        auto const key = pad.key();
        ASSERT_TRUE(key);
        EXPECT_EQ(key->kind, kind);
        EXPECT_EQ(key->digit, digit);
    }
    EXPECT_FALSE(pad.key());
}

TEST(StreamPad, ShowsBothLinesPaddedWithSpaces) {
    TestStream stream;
    StreamPad pad{stream};
    pad.show(bytes_of("PIN:"), bytes_of("****"));
    EXPECT_EQ(sent_on(stream), frame_of("PIN:", "****"));
}

TEST(StreamPad, GoesOnWithWhatTheStreamDidNotTake) {
    TestStream stream;
    StreamPad pad{stream};
    EXPECT_FALSE(pad.key());
    stream.room = 5;
    pad.show(bytes_of("one"), {});
    stream.room = 1000;
    EXPECT_FALSE(pad.key());
    EXPECT_EQ(sent_on(stream), frame_of("one", ""));
}

TEST(StreamPad, EndsWhatItBeganToShowBeforeItShowsTheNewest) {
    TestStream stream;
    StreamPad pad{stream};
    EXPECT_FALSE(pad.key());
    stream.room = 5;
    pad.show(bytes_of("one"), {});
    pad.show(bytes_of("two"), {});
    pad.show(bytes_of("three"), {});
    stream.room = 1000;
    EXPECT_FALSE(pad.key());
    EXPECT_EQ(sent_on(stream), frame_of("one", "") + frame_of("three", ""));
}

TEST(StreamPad, ShowsItAgainToWhoeverComes) {
    TestStream stream;
    StreamPad pad{stream};
    pad.show(bytes_of("one"), {});
    stream.sent.clear();
    stream.peer = 2;
    EXPECT_FALSE(pad.key());
    EXPECT_EQ(sent_on(stream), frame_of("one", ""));
}

} // namespace
} // namespace streams
