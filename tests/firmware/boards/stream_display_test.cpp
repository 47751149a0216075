#include "firmware/boards/streams/stream_display.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <gtest/gtest.h>

#include <string>

namespace streams {
namespace {

apdu::ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
}

std::string frame_of(std::string first, std::string second) {
    first.resize(16, ' ');
    second.resize(16, ' ');
    return std::string{'\x02'}.append(first).append(second).append(1, '\x03');
}

std::string sent_on(TestStream const& stream) { return {stream.sent.begin(), stream.sent.end()}; }

TEST(StreamDisplay, ShowsBothLinesPaddedWithSpaces) {
    TestStream stream;
    StreamDisplay display{stream};
    display.show(bytes_of("PIN:"), bytes_of("****"));
    EXPECT_EQ(sent_on(stream), frame_of("PIN:", "****"));
}

TEST(StreamDisplay, ShowsASpaceForAByteBelow20) {
    TestStream stream;
    StreamDisplay display{stream};
    display.show(bytes_of("a\x03z"), bytes_of("\x02"));
    EXPECT_EQ(sent_on(stream), frame_of("a z", ""));
}

TEST(StreamDisplay, GoesOnWithWhatTheStreamDidNotTake) {
    TestStream stream;
    stream.room = 5;
    StreamDisplay display{stream};
    display.show(bytes_of("one"), {});
    display.show(bytes_of("two"), {});
    display.show(bytes_of("three"), {});
    stream.room = 1000;
    display.pump();
    EXPECT_EQ(sent_on(stream), frame_of("one", "") + frame_of("three", ""));
}

} // namespace
} // namespace streams
