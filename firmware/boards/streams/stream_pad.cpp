#include "firmware/boards/streams/stream_pad.hpp"

namespace streams {
namespace {

constexpr std::uint8_t enter_byte = 0x0D;
constexpr std::uint8_t clear_byte = 0x08;
constexpr std::uint8_t cancel_byte = 0x1B;
/// Bytes that one call takes at most.
constexpr unsigned pad_bytes_max = 64;

std::optional<hal::PadKey> key_of(std::uint8_t byte) {
    switch (byte) {
    case enter_byte:
        return hal::PadKey{.kind = hal::PadKey::Kind::enter};
    case clear_byte:
        return hal::PadKey{.kind = hal::PadKey::Kind::clear};
    case cancel_byte:
        return hal::PadKey{.kind = hal::PadKey::Kind::cancel};
    default:
        break;
    }
    if (byte < '0' || byte > '9') {
        return std::nullopt;
    }
    return hal::PadKey{.kind = hal::PadKey::Kind::digit,
                       .digit = static_cast<std::uint8_t>(byte - '0')};
}

} // namespace

std::optional<hal::PadKey> StreamPad::next() {
    for (unsigned i = 0; i < pad_bytes_max; ++i) {
        auto const byte = stream_.receive();
        if (!byte) {
            break;
        }
        if (auto const key = key_of(*byte)) {
            return key;
        }
    }
    return std::nullopt;
}

std::optional<hal::PadKey> StreamPad::key() {
    std::uint64_t const now_us = clock_.now_us();
    bool const is_late = now_us - looked_us_ >= unseen_us;
    looked_us_ = now_us;
    auto const key = next();
    for (unsigned i = 0; is_late && i < pad_bytes_max && next(); ++i) {}
    return key;
}

} // namespace streams
