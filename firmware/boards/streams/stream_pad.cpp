#include "firmware/boards/streams/stream_pad.hpp"

namespace streams {
namespace {

constexpr std::uint8_t start = 0x02;
constexpr std::uint8_t end = 0x03;
constexpr std::uint8_t space = 0x20;
constexpr std::uint8_t enter = 0x0D;
constexpr std::uint8_t clear = 0x08;
constexpr std::uint8_t cancel = 0x1B;

std::optional<hal::PadKey> key_of(std::uint8_t byte) {
    using Kind = hal::PadKey::Kind;
    switch (byte) {
    case enter:
        return hal::PadKey{Kind::enter};
    case clear:
        return hal::PadKey{Kind::clear};
    case cancel:
        return hal::PadKey{Kind::cancel};
    default:
        break;
    }
    bool const is_digit = byte >= '0' && byte <= '9';
    return is_digit ? std::optional{hal::PadKey{Kind::digit, static_cast<std::uint8_t>(byte - '0')}}
                    : std::nullopt;
}

} // namespace

/// False: the stream takes no more.
bool StreamPad::send_frame() {
    while (sent_ < shown_size && stream_.send(sending_[sent_])) {
        ++sent_;
    }
    return sent_ == shown_size;
}

void StreamPad::pump() {
    if (peer_ != stream_.peers()) { // whoever comes sees what is shown
        peer_ = stream_.peers();
        sent_ = shown_size;
        is_new_ = shown_[0] == start;
    }
    if (send_frame() && is_new_) {
        is_new_ = false;
        sending_ = shown_;
        sent_ = 0;
        (void)send_frame();
    }
    while (!key_) {
        auto const byte = stream_.receive();
        if (!byte) {
            return;
        }
        key_ = key_of(*byte);
    }
}

std::optional<hal::PadKey> StreamPad::key() {
    pump();
    auto const key = key_;
    key_.reset();
    return key;
}

void StreamPad::show(apdu::ByteView first, apdu::ByteView second) {
    apdu::require(first.size() <= columns && second.size() <= columns);
    shown_.fill(space);
    shown_.front() = start;
    shown_.back() = end;
    apdu::copy_bytes(first, apdu::ByteSpan{shown_}.subspan(1));
    apdu::copy_bytes(second, apdu::ByteSpan{shown_}.subspan(1 + columns));
    is_new_ = true;
    pump();
}

} // namespace streams
