// A card side that says anything on the stream of two sockets, with a stream that jams.
#include "firmware/boards/streams/stream_card_line.hpp"

#include "tests/firmware/boards/test_stream.hpp"

#include <cstdlib>

namespace {

using streams::StreamCardLine;

/// One step of a terminal at one of its sockets, chosen by a byte.
void step(StreamCardLine& line, std::uint8_t what) {
    switch (what & 7U) {
    case 0:
        line.set_io((what & 8U) != 0);
        break;
    case 1:
        line.set_supply(hal::VoltageClass::b);
        break;
    case 2:
        line.set_reset((what & 8U) != 0);
        break;
    case 3:
        line.set_format(
            {.convention = (what & 8U) != 0 ? hal::Convention::inverse : hal::Convention::direct,
             .has_error_signal = (what & 16U) != 0});
        break;
    case 4:
        if (line.sending() != hal::CardLine::Sending::busy) {
            line.send(what);
        }
        break;
    default:
        (void)line.receive();
        break;
    }
}

/// What goes out is bounded by what came and what was done.
void check(TestStream const& stream, std::size_t steps, std::size_t came) {
    if (stream.sent.size() > 200 + 64 * steps + 16 * came) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    TestStream stream;
    TestClock clock;
    streams::ContactPort port{stream};
    StreamCardLine user{port, 0, clock, 4'000'000, true};
    StreamCardLine other{port, 1, clock, 4'800'000, false};
    for (std::size_t i = 0; i + 2 < size; i += 3) {
        stream.incoming.push_back(data[i]);
        stream.incoming.push_back(data[i + 1]);
        stream.room = (data[i + 2] & 64U) != 0 ? 3 : 1'000;
        stream.peer += data[i + 2] == 0xFFU ? 1 : 0;
        clock.us += data[i + 2];
        step((data[i + 2] & 128U) != 0 ? user : other, data[i + 2]);
    }
    check(stream, size, size);
    return 0;
}
