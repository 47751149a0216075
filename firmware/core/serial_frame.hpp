#pragma once

#include "apdu/ccid/message.hpp"

#include <cstdint>

namespace terminal {

// A CCID message on a serial line: 03 06, the message, and the exclusive or of all bytes before.
// serial-ccid.md §1.

inline constexpr std::size_t frame_overhead = 3;
inline constexpr std::size_t frame_size_max = apdu::ccid::message_size_max + frame_overhead;

/// Writes a frame around `message`. @returns its bytes. require: `out` holds them.
std::size_t encode_frame(apdu::ByteView message, apdu::ByteSpan out);

/// Finds frames in what comes from a host, and says nothing of noise between them.
class FrameReceiver {
public:
    /// What there is after a byte, or after some time without one.
    enum class Came : std::uint8_t {
        nothing,
        message, ///< message() is whole
        damaged, ///< a frame that began with a whole header; header() may be what was sent
    };

    /// The next byte, and when it came. A message that is there is forgotten.
    Came receive(std::uint8_t byte, bool is_damaged, std::uint64_t now_us);
    /// Time goes on: a frame that stops for frame_gap_us is one no more.
    Came look(std::uint64_t now_us);

    /// Valid until the next byte or clear(). require: it came.
    [[nodiscard]] apdu::ByteView message() const;
    /// The first bytes of what came damaged, or too long. require: it came.
    [[nodiscard]] apdu::ByteView header() const;
    /// Wipes what came, unless the next frame has begun in its place.
    void clear();
    /// True from a frame's first byte to its last.
    [[nodiscard]] bool is_receiving() const { return expected_ != Expected::sync; }

    /// A host writes a frame in one go.
    static constexpr std::uint64_t frame_gap_us = 50'000;

private:
    enum class Expected : std::uint8_t { sync, ctrl, message, check };

    Came end(bool is_right);

    Expected expected_ = Expected::sync;
    bool has_damage_ = false;
    std::uint8_t sum_ = 0;
    std::uint32_t size_ = 0; ///< of the message, so far; more than bytes_ holds may come
    std::uint32_t expected_size_ = 0;
    std::uint64_t last_us_ = 0;
    std::array<std::uint8_t, apdu::ccid::message_size_max> bytes_{};
};

} // namespace terminal
