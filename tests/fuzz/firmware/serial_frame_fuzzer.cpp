#include "firmware/core/serial_frame.hpp"

#include "tests/fuzz/require_so.hpp"

#include <algorithm>
#include <array>

/// Bytes in pairs: what happens (a character, a damaged one, a pause), and the byte. Whatever
/// comes, a message is as long as it says; after a pause the next frame is found.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using Came = terminal::FrameReceiver::Came;
    terminal::FrameReceiver receiver;
    std::uint64_t now_us = 1;
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        Came came = Came::nothing;
        if (data[i] == 0xFF) {
            now_us += terminal::FrameReceiver::frame_gap_us;
            came = receiver.look(now_us);
            require_so(came != Came::message && !receiver.is_receiving());
        } else {
            came = receiver.receive(data[i + 1], data[i] == 0xFE, ++now_us);
        }
        if (came == Came::message) {
            auto const message = receiver.message();
            require_so(message.size() >= apdu::ccid::header_size &&
                       message.size() == apdu::ccid::header_size + message[1] + message[2] * 256U);
            receiver.clear();
        } else if (came == Came::damaged) {
            require_so(receiver.header().size() == apdu::ccid::header_size);
        }
    }
    now_us += terminal::FrameReceiver::frame_gap_us;
    (void)receiver.look(now_us);
    std::array<std::uint8_t, apdu::ccid::header_size> const message{0x65, 0, 0, 0, 0, 0, 7};
    std::array<std::uint8_t, apdu::ccid::header_size + terminal::frame_overhead> frame{};
    terminal::encode_frame(message, frame);
    for (std::size_t i = 0; i < frame.size(); ++i) {
        Came const came = receiver.receive(frame[i], false, ++now_us);
        require_so((came == Came::message) == (i + 1 == frame.size()));
    }
    require_so(std::equal(message.begin(), message.end(), receiver.message().begin(),
                          receiver.message().end()));
    return 0;
}
