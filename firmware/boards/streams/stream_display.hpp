#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/hal/display.hpp"

#include <array>

namespace streams {

/// A display that is told on a stream what it shows. docs/terminal.md, "PIN pad and display".
class StreamDisplay final : public hal::Display {
public:
    /// The stream must outlive it.
    explicit StreamDisplay(ByteStream& stream) : stream_{stream} {}

    /// Bytes below 20 are shown as spaces.
    void show(apdu::ByteView first, apdu::ByteView second) override;
    /// Goes on with what the stream did not take; due each millisecond.
    void pump();

private:
    static constexpr std::size_t frame_size = 2 * columns + 2;
    using Frame = std::array<std::uint8_t, frame_size>;

    ByteStream& stream_;
    Frame frame_{}; ///< on its way
    std::size_t sent_ = frame_size;
    Frame next_{}; ///< comes after it
    bool has_next_ = false;
};

} // namespace streams
