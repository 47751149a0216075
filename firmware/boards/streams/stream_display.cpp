#include "firmware/boards/streams/stream_display.hpp"

namespace streams {
namespace {

constexpr std::uint8_t begin_byte = 0x02;
constexpr std::uint8_t end_byte = 0x03;

void write_line(apdu::ByteView text, apdu::ByteSpan out) {
    apdu::require(text.size() <= out.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = i < text.size() && text[i] >= ' ' ? text[i] : std::uint8_t{' '};
    }
}

} // namespace

void StreamDisplay::show(apdu::ByteView first, apdu::ByteView second) {
    apdu::ByteSpan const next{next_};
    next_.front() = begin_byte;
    write_line(first, next.subspan(1, columns));
    write_line(second, next.subspan(1 + columns, columns));
    next_.back() = end_byte;
    has_next_ = true;
    pump();
}

void StreamDisplay::pump() {
    for (;;) {
        for (; sent_ < frame_size; ++sent_) {
            if (!stream_.send(frame_[sent_])) {
                return;
            }
        }
        if (!has_next_) {
            return;
        }
        frame_ = next_;
        sent_ = 0;
        has_next_ = false;
    }
}

} // namespace streams
