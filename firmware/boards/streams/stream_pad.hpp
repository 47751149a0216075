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

    using Frame = std::array<std::uint8_t, shown_size>;

    void pump();
    bool send_frame();

    ByteStream& stream_;
    unsigned peer_ = 0;
    Frame shown_{};
    Frame sending_{};               ///< goes out whole, whatever is shown meanwhile
    std::size_t sent_ = shown_size; ///< of it
    bool is_new_ = false;           ///< what is shown is not on its way
    std::optional<hal::PadKey> key_{};
};

} // namespace streams
