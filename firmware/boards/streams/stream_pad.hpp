#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/hal/clock.hpp"
#include "firmware/hal/pin_pad.hpp"

namespace streams {

/// A PIN pad whose keys are bytes on a stream. docs/terminal.md, "PIN pad and display".
class StreamPad final : public hal::PinPad {
public:
    /// Both must outlive it.
    StreamPad(ByteStream& stream, hal::Clock& clock) : stream_{stream}, clock_{clock} {}

    /// Of the keys that came while nobody looked for unseen_us only the first is one; those of a
    /// quick hand wait on the stream.
    [[nodiscard]] std::optional<hal::PadKey> key() override;

    static constexpr std::uint64_t unseen_us = 100'000;

private:
    std::optional<hal::PadKey> next();

    ByteStream& stream_;
    hal::Clock& clock_;
    std::uint64_t looked_us_ = 0;
};

} // namespace streams
