#include "firmware/core/serial_frame.hpp"

#include "keys/secret_bytes.hpp"

namespace terminal {
namespace {

constexpr std::uint8_t sync = 0x03;
constexpr std::uint8_t ctrl = 0x06;
/// The longest message that the stock driver can write; what claims to be longer is noise.
constexpr std::uint32_t claimed_size_max = 545;

/// By dwLength. require: its bytes are there.
std::uint32_t claimed_size(apdu::ByteView message) {
    std::uint32_t length = 0;
    for (std::size_t i = 4; i > 0; --i) {
        length = (length << 8U) | message[apdu::ccid::length_at + i - 1];
    }
    return length > claimed_size_max ? claimed_size_max + 1
                                     : length + std::uint32_t{apdu::ccid::header_size};
}

} // namespace

std::size_t encode_frame(apdu::ByteView message, apdu::ByteSpan out) {
    apdu::require(out.size() >= message.size() + frame_overhead);
    out[0] = sync;
    out[1] = ctrl;
    apdu::copy_bytes(message, out.subspan(2));
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : out.first(message.size() + 2)) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    out[message.size() + 2] = sum;
    return message.size() + frame_overhead;
}

void FrameReceiver::clear() {
    if (!is_receiving()) {
        keys::wipe(bytes_);
        size_ = 0;
    }
}

FrameReceiver::Came FrameReceiver::end(bool is_right) {
    expected_ = Expected::sync;
    bool const has_header = size_ >= apdu::ccid::header_size;
    bool const fits = size_ <= bytes_.size();
    if (is_right && fits) {
        return Came::message;
    }
    return has_header ? Came::damaged : Came::nothing;
}

FrameReceiver::Came FrameReceiver::receive(std::uint8_t byte, bool is_damaged,
                                           std::uint64_t now_us) {
    last_us_ = now_us;
    has_damage_ = expected_ != Expected::sync && (has_damage_ || is_damaged);
    switch (expected_) {
    case Expected::sync:
        if (byte == sync && !is_damaged) {
            size_ = 0;
            expected_ = Expected::ctrl;
        }
        return Came::nothing;
    case Expected::ctrl:
        sum_ = sync ^ ctrl;
        expected_ =
            byte == ctrl ? Expected::message : (byte == sync ? Expected::ctrl : Expected::sync);
        return Came::nothing;
    case Expected::message:
        break;
    case Expected::check:
        return end(byte == sum_ && !has_damage_);
    }
    sum_ = static_cast<std::uint8_t>(sum_ ^ byte);
    if (size_ < bytes_.size()) {
        bytes_[size_] = byte;
    }
    ++size_;
    if (size_ == apdu::ccid::slot_at) {
        expected_size_ = claimed_size(bytes_);
        if (expected_size_ > claimed_size_max) {
            expected_ = Expected::sync;
        }
    }
    if (size_ > apdu::ccid::slot_at && size_ == expected_size_) {
        expected_ = Expected::check;
    }
    return Came::nothing;
}

FrameReceiver::Came FrameReceiver::look(std::uint64_t now_us) {
    bool const is_over = expected_ != Expected::sync && now_us - last_us_ >= frame_gap_us;
    return is_over ? end(false) : Came::nothing;
}

apdu::ByteView FrameReceiver::message() const {
    apdu::require(size_ <= bytes_.size());
    return apdu::ByteView{bytes_}.first(size_);
}

apdu::ByteView FrameReceiver::header() const {
    return apdu::ByteView{bytes_}.first(apdu::ccid::header_size);
}

} // namespace terminal
