#include "firmware/boards/streams/stream_card_line.hpp"

namespace streams {
namespace {

using Kind = ContactEvent::Kind;

constexpr std::uint8_t rst_bit = 0x04;
constexpr std::uint8_t clk_bit = 0x08;
constexpr std::uint8_t io_bit = 0x10;
constexpr std::uint8_t supply_mask = 0x03;
/// Later than that it is a pause.
constexpr std::uint64_t late_max_us = 10'000;
constexpr std::uint64_t us_of_second = 1'000'000;
/// How often the line's characters are forgotten at once: a peer that never ends says more.
constexpr unsigned forgotten_max = 64;

/// As one who reads the direct convention sees a character of the inverse one, and back.
std::uint8_t turned_round(std::uint8_t value) {
    unsigned turned = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        turned = (turned << 1U) | (((value >> bit) & 1U) ^ 1U);
    }
    return static_cast<std::uint8_t>(turned);
}

/// The TA1 of these; that of the default where there is none.
std::uint8_t rate_code_of(apdu::ClockRate const& rate) {
    for (unsigned code = 0xFF; code > 0; --code) {
        if (apdu::clock_rate_of(static_cast<std::uint8_t>(code)) == rate) {
            return static_cast<std::uint8_t>(code);
        }
    }
    return 0x11;
}

} // namespace

void StreamCardLine::greet_new_peer() {
    if (peer_ == port_.peers()) {
        return;
    }
    peer_ = port_.peers();
    is_card_in_ = false;
    has_left_ = has_left_ || has_supply_;
    tell(Kind::hello, 0);
    tell_contacts();
    tell(Kind::rate, rate_code_);
}

void StreamCardLine::tell_contacts() { tell(Kind::contacts, contacts_); }

void StreamCardLine::pump() {
    while (size_ < received_max) {
        auto const event = port_.receive(socket_);
        greet_new_peer(); // it may have come just now, and this event with it
        if (!event) {
            return;
        }
        take(*event);
    }
}

void StreamCardLine::take(ContactEvent const& event) {
    switch (event.kind) {
    case Kind::character:
    case Kind::wrong_character:
        take_character(event.value, event.kind == Kind::wrong_character);
        break;
    case Kind::contacts:
        take_presence(event.value != 0);
        break;
    case Kind::error_signal:
        take_error_signal();
        break;
    case Kind::taken:
        taken_until_us_ = 0;
        break;
    case Kind::rate:
    case Kind::hello:
    case Kind::entropy:
        break;
    }
}

void StreamCardLine::take_presence(bool is_in) {
    is_card_in_ = is_in;
    has_left_ = has_left_ || (!is_in && has_supply_);
    if (is_in || contacts_ == 0) {
        return;
    }
    // In the standard's order. ISO/IEC 7816-3:2006 §6.4.
    for (std::uint8_t const bits : {rst_bit, clk_bit, io_bit, supply_mask}) {
        contacts_ = static_cast<std::uint8_t>(contacts_ & ~bits);
        tell_contacts();
    }
}

void StreamCardLine::take_character(std::uint8_t value, bool is_parity_wrong) {
    if ((contacts_ & io_bit) == 0) {
        return;
    }
    free_from_us_ = 0;
    bool const is_inverse = format_.convention == hal::Convention::inverse;
    Character const character{is_inverse ? turned_round(value) : value,
                              is_parity_wrong != is_inverse};
    if (character.is_parity_wrong && format_.has_error_signal && asked_again_ < repetitions_max) {
        ++asked_again_;
        tell(Kind::error_signal, 0);
        return;
    }
    asked_again_ = 0;
    received_[(first_ + size_) % received_max] = character;
    ++size_;
}

void StreamCardLine::take_error_signal() {
    if (!format_.has_error_signal || taken_until_us_ == 0) {
        return;
    }
    taken_until_us_ = 0;
    if (repetitions_ == repetitions_max) {
        is_refused_ = true;
        return;
    }
    ++repetitions_;
    put(sent_);
}

bool StreamCardLine::is_card_in() {
    pump();
    return is_card_in_ && !has_left_;
}

void StreamCardLine::set_supply(std::optional<hal::VoltageClass> voltage) {
    unsigned const supply = voltage ? static_cast<unsigned>(*voltage) + 1 : 0;
    has_supply_ = voltage.has_value();
    has_left_ = has_left_ && has_supply_;
    contacts_ = static_cast<std::uint8_t>((contacts_ & ~supply_mask) | supply);
    tell_contacts();
}

void StreamCardLine::set_clock(bool is_running) {
    contacts_ = static_cast<std::uint8_t>(is_running ? contacts_ | clk_bit : contacts_ & ~clk_bit);
    tell_contacts();
}

void StreamCardLine::set_reset(bool is_high) {
    contacts_ = static_cast<std::uint8_t>(is_high ? contacts_ | rst_bit : contacts_ & ~rst_bit);
    tell_contacts();
}

void StreamCardLine::set_io(bool is_high) {
    // A stream may hold more than a line would: what is on it now came before too.
    for (unsigned i = 0; i < forgotten_max; ++i) {
        pump();
        if (size_ == 0) {
            break;
        }
        size_ = 0;
    }
    is_refused_ = false;
    taken_until_us_ = 0;
    asked_again_ = 0;
    contacts_ = static_cast<std::uint8_t>(is_high ? contacts_ | io_bit : contacts_ & ~io_bit);
    tell_contacts();
}

/// A stream brings the characters behind TS before anybody has looked at TS.
void StreamCardLine::turn_received_round() {
    for (std::size_t i = 0; i < size_; ++i) {
        Character& character = received_[(first_ + i) % received_max];
        character = {turned_round(character.value), !character.is_parity_wrong};
    }
}

void StreamCardLine::set_format(hal::CharacterFormat const& format) {
    if (format.convention != format_.convention) {
        turn_received_round();
    }
    format_ = format;
    rate_code_ = rate_code_of(format.rate);
    tell(Kind::rate, rate_code_);
}

void StreamCardLine::put(std::uint8_t character) {
    bool const is_inverse = format_.convention == hal::Convention::inverse;
    tell(is_inverse ? Kind::wrong_character : Kind::character,
         is_inverse ? turned_round(character) : character);
    if (format_.has_error_signal) {
        taken_until_us_ = clock_.now_us() + taken_max_us;
    }
    if (is_paced_) { // from the end of the one before, so that being late does not add up
        std::uint64_t const clocks = std::uint64_t{format_.guard_time_etu} * format_.rate.fi *
                                     us_of_second / format_.rate.di;
        std::uint64_t const now_us = clock_.now_us();
        std::uint64_t const begin_us =
            now_us < free_from_us_ + late_max_us ? free_from_us_ : now_us;
        free_from_us_ = begin_us + clocks / clock_hz_;
    }
}

void StreamCardLine::send(std::uint8_t character) {
    is_refused_ = false;
    repetitions_ = 0;
    sent_ = character;
    put(character);
}

hal::CardLine::Sending StreamCardLine::sending() {
    pump();
    if (is_refused_) {
        return Sending::refused;
    }
    std::uint64_t const now_us = clock_.now_us();
    bool const is_busy =
        port_.is_sending() || now_us < taken_until_us_ || (is_paced_ && now_us < free_from_us_);
    return is_busy ? Sending::busy : Sending::idle;
}

std::optional<hal::CardLine::Character> StreamCardLine::receive() {
    pump();
    if (size_ == 0) {
        return std::nullopt;
    }
    Character const character = received_[first_];
    first_ = (first_ + 1) % received_max;
    --size_;
    return character;
}

} // namespace streams
