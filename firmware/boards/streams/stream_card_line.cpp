#include "firmware/boards/streams/stream_card_line.hpp"

#include "apdu/require.hpp"

namespace streams {
namespace {

constexpr std::uint8_t rst_bit = 0x04;
constexpr std::uint8_t clk_bit = 0x08;
constexpr std::uint8_t io_bit = 0x10;
constexpr std::uint8_t vcc_mask = 0x03;

/// A card side that has not answered is asked again so often.
constexpr std::uint64_t ask_again_us = 500'000;
/// A character that is given so much later than it could be goes out as if it were in time, so that
/// the lateness of a loop does not add up.
constexpr std::uint64_t late_max_us = 10'000;
constexpr std::uint64_t us_of_second = 1'000'000;

/// What one convention reads as `value`, the other reads so.
std::uint8_t turned_round(std::uint8_t value) {
    unsigned mirrored = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        mirrored |= (static_cast<unsigned>(value) >> bit & 1U) << (7 - bit);
    }
    return static_cast<std::uint8_t>(~mirrored & 0xFFU);
}

} // namespace

StreamCardLine::StreamCardLine(ContactLink& link, std::uint8_t socket, std::uint32_t clock_hz,
                               Pacing pacing)
    : link_{link}, socket_{socket}, clock_hz_{clock_hz}, pacing_{pacing} {
    apdu::require(clock_hz != 0);
    link.listen(socket, *this);
}

void StreamCardLine::send_event(ContactEvent::Type type, std::uint8_t value) {
    (void)link_.send({.type = type, .socket = socket_, .value = value});
}

void StreamCardLine::send_contacts() { send_event(ContactEvent::Type::contacts, contacts_); }

void StreamCardLine::pump() {
    link_.pump();
    std::uint64_t const now_us = link_.clock().now_us();
    if (!is_answered_ && now_us >= ask_us_) {
        ask_us_ = now_us + ask_again_us;
        send_event(ContactEvent::Type::ask, 0);
    }
    is_behind_ = is_behind_ || losses_ != link_.losses();
    if (is_behind_ && link_.is_sent()) {
        is_behind_ = false;
        losses_ = link_.losses();
        send_contacts();
        set_format(format_);
    }
}

bool StreamCardLine::is_card_in() {
    pump();
    return is_in_;
}

void StreamCardLine::set_contacts(std::uint8_t contacts) {
    if (contacts != contacts_) {
        contacts_ = contacts;
        send_contacts();
    }
}

void StreamCardLine::set_contact(std::uint8_t bit, bool is_high) {
    set_contacts(static_cast<std::uint8_t>(is_high ? contacts_ | bit : contacts_ & ~bit));
}

void StreamCardLine::set_supply(std::optional<hal::VoltageClass> voltage) {
    unsigned const vcc = voltage ? static_cast<unsigned>(*voltage) + 1 : 0;
    set_contacts(static_cast<std::uint8_t>((contacts_ & ~vcc_mask) | vcc));
}

void StreamCardLine::set_clock(bool is_running) { set_contact(clk_bit, is_running); }

void StreamCardLine::set_reset(bool is_high) { set_contact(rst_bit, is_high); }

void StreamCardLine::set_io(bool is_high) {
    set_contact(io_bit, is_high);
    in_.clear();
    signalled_ = 0;
    last_.reset();
}

void StreamCardLine::set_format(hal::CharacterFormat const& format) {
    auto const ta1 = apdu::ta1_of(format.rate);
    apdu::require(ta1.has_value());
    format_ = format;
    send_event(ContactEvent::Type::rate, *ta1);
}

void StreamCardLine::send(std::uint8_t character) {
    last_ = character;
    repeated_ = 0;
    is_refused_ = false;
    transmit();
}

void StreamCardLine::transmit() {
    bool const is_inverse = format_.convention == hal::Convention::inverse;
    send_event(is_inverse ? ContactEvent::Type::wrong_character : ContactEvent::Type::character,
               is_inverse ? turned_round(*last_) : *last_);
    std::uint64_t const now_us = link_.clock().now_us();
    std::uint64_t const from_us = now_us - sent_us_ <= late_max_us ? sent_us_ : now_us;
    std::uint64_t const clocks = std::uint64_t{format_.guard_time_etu} * format_.rate.fi;
    std::uint64_t const per_us_second = std::uint64_t{clock_hz_} * format_.rate.di;
    sent_us_ = from_us + (clocks * us_of_second + per_us_second - 1) / per_us_second;
}

hal::CardLine::Sending StreamCardLine::sending() {
    pump();
    if (is_refused_) {
        return Sending::refused;
    }
    bool const is_paced = pacing_ == Pacing::real_time && link_.clock().now_us() < sent_us_;
    return is_paced || !link_.is_sent() ? Sending::busy : Sending::idle;
}

std::optional<hal::CardLine::Character> StreamCardLine::receive() {
    pump();
    return in_.take();
}

void StreamCardLine::on_event(ContactEvent const& event) {
    switch (event.type) {
    case ContactEvent::Type::character:
    case ContactEvent::Type::wrong_character:
        on_character(event.value, event.type == ContactEvent::Type::wrong_character);
        break;
    case ContactEvent::Type::contacts:
        on_presence(event.value != 0);
        break;
    case ContactEvent::Type::error_signal:
        on_error_signal();
        break;
    default:
        break;
    }
}

void StreamCardLine::on_presence(bool is_in) {
    is_answered_ = true;
    is_in_ = is_in;
    if (is_in) {
        return;
    }
    // The standard's order. ISO/IEC 7816-3:2006 §6.4.
    set_reset(false);
    set_clock(false);
    set_io(false);
    set_supply(std::nullopt);
}

void StreamCardLine::on_character(std::uint8_t value, bool is_parity_wrong) {
    if ((contacts_ & io_bit) == 0) {
        return;
    }
    last_.reset();
    sent_us_ = 0;
    bool const is_inverse = format_.convention == hal::Convention::inverse;
    bool const is_wrong = is_parity_wrong != is_inverse;
    if (is_wrong && format_.has_error_signal && signalled_ < repetitions_max) {
        ++signalled_;
        send_event(ContactEvent::Type::error_signal, 0);
        return;
    }
    signalled_ = 0;
    // One that is not looked for in time is lost, as on a wire.
    (void)in_.put({.value = is_inverse ? turned_round(value) : value, .is_parity_wrong = is_wrong});
}

void StreamCardLine::on_error_signal() {
    if (!format_.has_error_signal || !last_) {
        return;
    }
    if (repeated_ == repetitions_max) {
        last_.reset();
        is_refused_ = true;
        return;
    }
    ++repeated_;
    transmit();
}

} // namespace streams
