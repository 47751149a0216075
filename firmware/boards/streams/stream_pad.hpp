#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/hal/display.hpp"
#include "firmware/hal/pin_pad.hpp"

#include <array>

namespace streams {

/// PIN pad and display on a stream. docs/terminal.md, "PIN pad and display".
class StreamPad final : public hal::PinPad, public hal::Display {
public:
    /// `stream` must outlive it.
    explicit StreamPad(ByteStream& stream) : stream_{stream} {}

    [[nodiscard]] std::optional<hal::PadKey> key() override;
    void show(apdu::ByteView first, apdu::ByteView second) override;

private:
    static constexpr std::size_t shown_size = 2 + 2 * columns;

    void pump();

    ByteStream& stream_;
    unsigned peer_ = 0;
    std::array<std::uint8_t, shown_size> shown_{};
    std::size_t sent_ = shown_size; ///< of it
    std::optional<hal::PadKey> key_{};
};

} // namespace streams
