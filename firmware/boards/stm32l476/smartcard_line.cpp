#include "firmware/boards/stm32l476/smartcard_line.hpp"

#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/usart_bits.hpp"

#include "apdu/require.hpp"

namespace stm32l476 {
namespace {

/// Repetitions that an error signal asks for. ISO/IEC 7816-3:2006 §7.3.
constexpr std::uint32_t repetitions = 3;
/// What the USART keeps to by itself, with a guard time of 0 in GTPR; the rest is counted here, as
/// GTPR's would hide what a card answers within it.
constexpr std::uint16_t guard_of_usart_etu = 12;
/// After the end of what it sent, the USART hears that at the latest. A card begins 16 etu after
/// the last character began, at the earliest, and 10 more are the character. ISO/IEC 7816-3:2006
/// §10.2.
constexpr std::uint32_t echo_etu = 6;
constexpr std::uint32_t divider_min = 16;
constexpr std::uint32_t divider_max = 0xFFFF;
constexpr std::uint64_t us_of_second = 1'000'000;

constexpr std::uint32_t always_on = usart::receiver | usart::transmitter | usart::nine_bits |
                                    usart::parity_on | usart::interrupt_received;

/// Cycles of the core in an etu, to the nearest.
std::uint32_t divider_of(apdu::ClockRate const& rate, std::uint8_t prescaler) {
    std::uint32_t const cycles = 2U * prescaler * rate.fi;
    std::uint32_t const divider = (cycles + rate.di / 2U) / rate.di;
    apdu::require(divider >= divider_min && divider <= divider_max);
    return divider;
}

} // namespace

SmartcardLine::SmartcardLine(SmartcardPort const& port, ContactPins const& contacts,
                             hal::Clock& clock)
    : port_{port}, contacts_{contacts, clock}, clock_{clock} {
    port_.io.make_output(Drive::open_drain, false);
    port_.clock.make_output(Drive::push_pull, false);
    stop();
    connect(port_.interrupt, *this);
}

std::uint32_t SmartcardLine::clock_hz() const { return core_hz / 2 / port_.prescaler; }

void SmartcardLine::set_supply(std::optional<hal::VoltageClass> voltage) {
    contacts_.set_supply(voltage);
}

void SmartcardLine::set_clock(bool is_running) {
    is_clock_on_ = is_running;
    apply();
}

void SmartcardLine::set_io(bool is_high) {
    is_io_high_ = is_high;
    apply();
    received_.clear();
    free_from_us_ = 0;
}

void SmartcardLine::set_format(hal::CharacterFormat const& format) {
    format_ = format;
    apply();
}

/// The USART does nothing, and a character of ours that was under way is forgotten.
void SmartcardLine::stop() {
    port_.usart.cr1.write(0);
    is_sending_ = false;
    is_just_sent_ = false;
    is_any_lost_ = false;
    is_refused_ = false;
}

// All that these registers say can only be said while the USART is off. The inverse convention
// turns the parity bit round with the data (RM0351 §40.5.13): parity stays even.
void SmartcardLine::apply() {
    UsartRegisters& usart = port_.usart;
    stop();
    if (!is_clock_on_) {
        port_.clock.make_output(Drive::push_pull, false);
        port_.io.make_output(Drive::open_drain, is_io_high_);
        return;
    }
    bool const is_inverse = format_.convention == hal::Convention::inverse;
    std::uint32_t const convention = is_inverse ? usart::data_inverted | usart::msb_first : 0;
    std::uint32_t const errors = format_.has_error_signal
                                     ? usart::error_signal | repetitions << usart::repetitions_shift
                                     : 0;
    usart.cr2.write(usart::stop_1_5 | usart::clock_out | convention);
    usart.cr3.write(usart::smartcard | usart::interrupt_error | errors);
    usart.gtpr.write(port_.prescaler);
    usart.brr.write(divider_of(format_.rate, port_.prescaler));
    echo_within_us_ = static_cast<std::uint32_t>(us_of_etu(echo_etu));
    usart.icr.write(usart::all_errors | usart::complete);
    usart.rqr.write(usart::drop_received);
    usart.cr1.write(always_on | usart::enabled);
    port_.clock.make_peripheral(port_.function, Drive::push_pull, Pull::none);
    if (is_io_high_) {
        port_.io.make_peripheral(port_.function, Drive::open_drain, Pull::up);
    } else {
        port_.io.make_output(Drive::open_drain, false);
    }
}

std::uint64_t SmartcardLine::us_of_etu(std::uint32_t etu) const {
    std::uint64_t const clocks = std::uint64_t{etu} * format_.rate.fi;
    return clocks * us_of_second / (std::uint64_t{clock_hz()} * format_.rate.di) + 1;
}

// A line that has no clock takes no character: it is as if it had gone where nobody listens.
void SmartcardLine::send(std::uint8_t character) {
    apdu::require(sending() != Sending::busy);
    is_refused_ = false;
    if (!is_clock_on_) {
        return;
    }
    if (format_.guard_time_etu > guard_of_usart_etu) {
        free_from_us_ = clock_.now_us() + us_of_etu(format_.guard_time_etu);
    }
    port_.usart.icr.write(usart::complete | usart::framing_error);
    port_.usart.tdr.write(character);
    is_sending_ = true; // not before: an interrupt would take what was complete before for this
    port_.usart.cr1.write(always_on | usart::enabled | usart::interrupt_complete);
}

hal::CardLine::Sending SmartcardLine::sending() {
    if (is_refused_) {
        return Sending::refused;
    }
    return is_sending_ || is_guarding() ? Sending::busy : Sending::idle;
}

bool SmartcardLine::is_guarding() { return !is_sending_ && clock_.now_us() < free_from_us_; }

std::optional<hal::CardLine::Character> SmartcardLine::receive() { return received_.take(); }

// While the USART sends, it hears itself, until shortly after it says that all is sent. A card's
// character cannot have come by then.
bool SmartcardLine::is_echo() const {
    return is_sending_ || (is_just_sent_ && tim2().cnt.read() - sent_at_us_ < echo_within_us_);
}

// A character of the card that finds no room makes the next one wrong: the protocol asks again.
void SmartcardLine::take_character(std::uint32_t status) {
    auto const value = static_cast<std::uint8_t>(port_.usart.rdr.read());
    if (is_echo()) {
        return;
    }
    is_just_sent_ = false;
    constexpr std::uint32_t wrong = usart::parity_error | usart::overrun_error;
    is_any_lost_ = !received_.put({value, (status & wrong) != 0 || is_any_lost_});
}

void SmartcardLine::finish_sending(bool is_refused) {
    port_.usart.icr.write(usart::complete);
    port_.usart.cr1.write(always_on | usart::enabled);
    sent_at_us_ = tim2().cnt.read();
    is_just_sent_ = true;
    is_refused_ = is_refused;
    is_sending_ = false;
}

// A framing error while it sends: the card signalled errors for all repetitions.
void SmartcardLine::on_interrupt() {
    std::uint32_t const status = port_.usart.isr.read();
    if ((status & usart::received) != 0) {
        take_character(status);
    }
    bool const is_refused = is_sending_ && (status & usart::framing_error) != 0;
    port_.usart.icr.write(status & usart::all_errors);
    if (is_sending_ && (is_refused || (status & usart::complete) != 0)) {
        finish_sending(is_refused);
    }
}

} // namespace stm32l476
