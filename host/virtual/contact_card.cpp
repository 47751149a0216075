#include "host/virtual/contact_card.hpp"

#include "host/virtual/t0_line.hpp"
#include "host/virtual/t1_line.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

/// From the terminal's last leading edge to the card's first; and to where the terminal has it.
constexpr std::uint64_t t0_turn_etu = 16 + 10;
constexpr std::uint64_t t1_turn_etu = 22 + 10;
constexpr std::uint64_t late_etu = 2'000;
constexpr unsigned repetitions_max = 3;

/// As one who reads the direct convention sees the inverse one.
std::uint8_t turned_round(std::uint8_t value) {
    std::uint8_t turned = 0;
    for (unsigned bit = 0; bit < 8; ++bit) {
        bool const is_one = ((value >> bit) & 1U) != 0;
        turned = static_cast<std::uint8_t>(turned * 2U + (is_one ? 0U : 1U));
    }
    return turned;
}

} // namespace

ContactCard::ContactCard(FaultyCard& card, ContactOptions options)
    : card_{card}, options_{std::move(options)} {
    if (options_.speaks_t1) {
        protocol_ =
            std::make_unique<T1Line>(card, T1Options{.has_crc = options_.has_crc,
                                                     .ifsc = options_.ifsc,
                                                     .has_endless_wtx = has(LineFaultKind::nulls),
                                                     .faults = options_.faults});
    } else {
        protocol_ = std::make_unique<T0Line>(
            card, options_.is_one_by_one ? Procedure::one_by_one : Procedure::all_at_once,
            has(LineFaultKind::nulls));
    }
}

bool ContactCard::has(LineFaultKind kind) const { return has_fault(options_.faults, kind, at_); }

bool ContactCard::needs_error_signal() const {
    return state_ == State::working && protocol_->has_error_signal();
}

std::uint64_t ContactCard::us_of_etu(std::uint64_t etu) const {
    if (options_.pace == Pace::at_once) {
        return 0;
    }
    auto const rate = apdu::clock_rate_of(card_rate_).value_or(apdu::ClockRate{});
    return etu * rate.fi * us_of_second / (std::uint64_t{rate.di} * options_.clock_hz);
}

std::vector<std::string> ContactCard::take_violations() { return std::exchange(violations_, {}); }

void ContactCard::take(ContactEvent const& event, std::uint64_t now_us) {
    switch (event.kind) {
    case ContactKind::contacts:
        on_levels(ContactLevels::of(event.value), now_us);
        break;
    case ContactKind::rate:
        terminal_rate_ = event.value;
        break;
    case ContactKind::hello:
        tell_presence(now_us);
        break;
    case ContactKind::character:
    case ContactKind::wrong_character: {
        bool const is_wrong = event.kind == ContactKind::wrong_character;
        on_character(options_.is_inverse ? turned_round(event.value) : event.value,
                     is_wrong != options_.is_inverse, now_us);
        break;
    }
    case ContactKind::error_signal:
        on_error_signal(now_us);
        break;
    case ContactKind::entropy:
    case ContactKind::taken:
        break;
    }
}

void ContactCard::on_character(std::uint8_t value, bool is_parity_wrong, std::uint64_t now_us) {
    if (!is_in_ || state_ == State::off || state_ == State::reset) {
        if (is_in_) {
            violations_.emplace_back("a character for a card that is off");
        }
        return;
    }
    bool const is_repetition = repetitions_ > 0 && !held_until_us_;
    number_ += is_repetition ? 0 : 1;
    at_ = number_;
    if (has(LineFaultKind::pulled)) {
        remove(now_us);
        return;
    }
    if (has(LineFaultKind::silent)) {
        state_ = State::silent;
    }
    if (has(LineFaultKind::babble)) {
        state_ = State::babbling;
        free_from_us_ = now_us;
    }
    if (state_ == State::silent || state_ == State::babbling) {
        return;
    }
    bool const is_wrong = is_parity_wrong || terminal_rate_ != card_rate_ ||
                          (has(LineFaultKind::parity) && !is_repetition) ||
                          has(LineFaultKind::parity_always);
    if (needs_error_signal()) {
        if (is_wrong) {
            ++repetitions_;
            out_.push_back({{ContactKind::error_signal, 0, 0}, now_us});
            return;
        }
        repetitions_ = 0;
        out_.push_back({{ContactKind::taken, 0, 0}, now_us});
    }
    heard_us_ = now_us;
    bool const begins_pps = may_pps_ && pps_.empty() && value == 0xFF;
    if (begins_pps || state_ == State::pps) {
        on_pps(value, now_us);
        return;
    }
    may_pps_ = false;
    carry_out(protocol_->take(value, is_wrong), now_us);
}

void ContactCard::carry_out(LineReply const& reply, std::uint64_t now_us) {
    if (reply.leaves) {
        remove(now_us);
        return;
    }
    if (reply.is_off) {
        state_ = State::silent;
    }
    if (!reply.characters.empty()) {
        heard_us_ = 0;
    }
    std::uint64_t const wait_us =
        static_cast<std::uint64_t>(reply.wait.count()) * us_of_second / 1'000;
    std::uint64_t const turn = options_.speaks_t1 ? t1_turn_etu : t0_turn_etu;
    std::uint64_t const step_us = std::max(us_of_etu(character_etu), reply.goes_on ? 1'000UL : 0UL);
    say(reply.characters, now_us + wait_us + us_of_etu(turn), step_us);
    if (reply.goes_on) {
        constexpr unsigned nulls = 5'000;
        for (unsigned i = 0; i < nulls && is_in_; ++i) {
            say_one(reply.characters.front(), free_from_us_ + step_us);
        }
    }
}

void ContactCard::say(apdu::ByteView characters, std::uint64_t from_us, std::uint64_t step_us) {
    std::uint64_t at_us = from_us;
    for (std::uint8_t const value : characters) {
        say_one(value, at_us);
        at_us = std::max(at_us, free_from_us_) + step_us;
    }
}

void ContactCard::say_one(std::uint8_t value, std::uint64_t at_us) {
    if (!is_in_ || state_ == State::silent || state_ == State::babbling) {
        return;
    }
    ++number_;
    at_ = number_;
    if (has(LineFaultKind::pulled)) {
        remove(at_us);
        return;
    }
    if (has(LineFaultKind::silent)) {
        state_ = State::silent;
        return;
    }
    if (has(LineFaultKind::babble)) {
        state_ = State::babbling;
        free_from_us_ = at_us;
        return;
    }
    std::uint64_t late_us = 0;
    if (has(LineFaultKind::late)) {
        auto const rate = apdu::clock_rate_of(card_rate_).value_or(apdu::ClockRate{});
        late_us = late_etu * rate.fi * us_of_second / (std::uint64_t{rate.di} * options_.clock_hz);
    }
    bool const is_wrong = has(LineFaultKind::parity) || has(LineFaultKind::parity_always) ||
                          terminal_rate_ != card_rate_;
    put(value, is_wrong, at_us + late_us);
}

void ContactCard::put(std::uint8_t value, bool is_parity_wrong, std::uint64_t at_us) {
    bool const is_type_wrong = is_parity_wrong != options_.is_inverse;
    out_.push_back({{is_type_wrong ? ContactKind::wrong_character : ContactKind::character, 0,
                     options_.is_inverse ? turned_round(value) : value},
                    at_us});
    free_from_us_ = at_us;
}

void ContactCard::on_error_signal(std::uint64_t now_us) {
    if (!held_until_us_) {
        return;
    }
    held_until_us_.reset();
    if (++repetitions_ > repetitions_max) {
        repetitions_ = 0;
        return;
    }
    bool const is_wrong =
        std::any_of(options_.faults.begin(), options_.faults.end(), [](LineFault const& fault) {
            return fault.kind == LineFaultKind::parity_always;
        });
    bool const is_type_wrong = (is_wrong || terminal_rate_ != card_rate_) != options_.is_inverse;
    out_.push_front(
        {{is_type_wrong ? ContactKind::wrong_character : ContactKind::character, 0, held_value_},
         now_us + us_of_etu(character_etu)});
}

} // namespace virtual_card
