// A card's contacts, its answer to reset, PPS, and what time alone brings.
#include "host/virtual/contact_card.hpp"

#include "apdu/atr.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::uint64_t reset_low_clocks = 400;
constexpr std::uint64_t answer_after_clocks = 500;
constexpr std::uint64_t pps_turn_etu = 16 + 10;
constexpr std::uint64_t error_signal_us = 50'000;
constexpr std::uint64_t block_silence_us = 30'000;
constexpr std::uint64_t babble_each_us = 1'000;
constexpr std::uint8_t babbled = 0xA5;
constexpr std::uint8_t default_rate = 0x11;

std::uint8_t sum_of(apdu::ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

} // namespace

// TB1 and TC1 as the card's own ATR has them; TA1, and what T=1 wants, are added. ASSUMED.
Bytes ContactCard::atr() const {
    bool const is_own =
        !options_.speaks_t1 && !options_.is_inverse && options_.rate_code == default_rate;
    if (is_own) {
        return own_atr_;
    }
    auto const k = static_cast<std::uint8_t>(historical_.size());
    Bytes atr{static_cast<std::uint8_t>(options_.is_inverse ? 0x3F : 0x3B)};
    if (options_.speaks_t1) {
        atr.push_back(static_cast<std::uint8_t>(0x90U | k));
        atr.push_back(options_.rate_code);
        atr.push_back(0x81); // T=1, TD2
        atr.push_back(options_.has_crc ? 0x71 : 0x31);
        atr.push_back(options_.ifsc);
        atr.push_back(0x45); // BWI 4, CWI 5
        if (options_.has_crc) {
            atr.push_back(0x01);
        }
    } else {
        bool const has_rate = options_.rate_code != default_rate;
        atr.push_back(static_cast<std::uint8_t>((has_rate ? 0x70U : 0x60U) | k));
        if (has_rate) {
            atr.push_back(options_.rate_code);
        }
        atr.insert(atr.end(), {0x00, 0x00});
    }
    atr.insert(atr.end(), historical_.begin(), historical_.end());
    if (options_.speaks_t1) {
        atr.push_back(sum_of(apdu::ByteView{atr}.subspan(1)));
    }
    return atr;
}

void ContactCard::on_levels(ContactLevels levels, std::uint64_t now_us) {
    ContactLevels const before = std::exchange(levels_, levels);
    if (!is_in_) {
        return;
    }
    bool const loses_supply = before.supply != 0 && levels.supply == 0;
    if (loses_supply && (levels.is_reset_high || levels.is_clock_running || levels.is_io_high)) {
        violations_.emplace_back("VCC goes before RST, CLK and I/O");
    }
    if (before.is_reset_high && !levels.is_reset_high) {
        state_ = State::reset;
        out_.clear();
        reset_low_since_us_ = now_us;
    }
    if (!before.is_clock_running && levels.is_clock_running) {
        if (levels.supply == 0) {
            violations_.emplace_back("CLK runs before VCC is there");
        }
        reset_low_since_us_ = now_us;
    }
    if (levels.supply == 0) {
        state_ = State::off;
        out_.clear();
    } else if (!before.is_reset_high && levels.is_reset_high) {
        on_reset_high(now_us);
    }
}

void ContactCard::on_reset_high(std::uint64_t now_us) {
    if (!levels_.is_clock_running || !levels_.is_io_high) {
        violations_.emplace_back("RST goes high before CLK runs and I/O is free");
        return;
    }
    std::uint64_t const low_us = reset_low_clocks * us_of_second / options_.clock_hz;
    if (now_us - reset_low_since_us_ < low_us) {
        violations_.emplace_back("RST was low for fewer than 400 cycles of CLK");
    }
    number_ = 0;
    at_ = 0;
    repetitions_ = 0;
    held_until_us_.reset();
    card_rate_ = default_rate;
    rate_after_pps_ = 0;
    pps_.clear();
    heard_us_ = 0;
    auto const own = card_.reset();
    if (!own) {
        state_ = State::silent;
        return;
    }
    own_atr_.assign(own->begin(), own->end());
    auto const parsed = apdu::Atr::parse(own_atr_);
    apdu::ByteView const historical = parsed.ok() ? parsed.value().historical() : apdu::ByteView{};
    historical_.assign(historical.begin(), historical.end());
    state_ = State::answering;
    start_protocol();
    Bytes answer = atr();
    if (has(LineFaultKind::bad_ts)) {
        answer.front() = 0x3A;
    }
    if (has(LineFaultKind::bad_tck)) {
        answer.back() ^= 1U;
    }
    std::uint64_t const from_us =
        now_us + answer_after_clocks * us_of_second / options_.clock_hz + us_of_etu(character_etu);
    say(answer, from_us, us_of_etu(character_etu));
    state_ = state_ == State::answering ? State::working : state_;
}

void ContactCard::start_protocol() {
    protocol_->begin();
    may_pps_ = true;
}

void ContactCard::on_pps(std::uint8_t value, std::uint64_t now_us) {
    state_ = State::pps;
    pps_.push_back(value);
    constexpr std::size_t fixed_size = 3;
    std::size_t whole = fixed_size;
    if (pps_.size() >= 2) {
        for (unsigned bit = 0x10; bit <= 0x40; bit *= 2) {
            whole += (pps_[1] & bit) != 0 ? 1 : 0;
        }
    }
    if (pps_.size() < whole) {
        return;
    }
    state_ = State::working;
    may_pps_ = false;
    Bytes const pps = std::exchange(pps_, {});
    bool const asks_rate = (pps[1] & 0x10U) != 0;
    bool const is_protocol = (pps[1] & 0x0FU) == (options_.speaks_t1 ? 1U : 0U);
    bool const is_rate = !asks_rate || pps[2] == options_.rate_code || pps[2] == default_rate;
    if (sum_of(pps) != 0 || !is_protocol || !is_rate) {
        state_ = State::silent; // the terminal is to reset it
        return;
    }
    heard_us_ = 0;
    say(pps, now_us + us_of_etu(pps_turn_etu), us_of_etu(character_etu));
    rate_after_pps_ = asks_rate ? pps[2] : default_rate;
}

void ContactCard::tell_presence(std::uint64_t now_us) {
    out_.push_back({{ContactKind::contacts, 0, static_cast<std::uint8_t>(is_in_ ? 1 : 0)}, now_us});
}

void ContactCard::remove(std::uint64_t now_us) {
    is_in_ = false;
    state_ = State::off;
    // What was said before that has left; what was to come has not.
    while (!out_.empty() && out_.back().at_us > now_us) {
        out_.pop_back();
    }
    held_until_us_.reset();
    tell_presence(now_us);
}

void ContactCard::insert(std::uint64_t now_us) {
    if (is_in_) {
        return;
    }
    card_.come_back();
    is_in_ = true;
    state_ = State::off;
    tell_presence(now_us);
}

std::uint64_t ContactCard::silence_us() const { return std::max(block_silence_us, us_of_etu(50)); }

void ContactCard::look(std::uint64_t now_us) {
    if (held_until_us_ && now_us >= *held_until_us_) {
        held_until_us_.reset();
        repetitions_ = 0;
    }
    if (state_ == State::babbling && out_.empty()) {
        out_.push_back({{ContactKind::character, 0, babbled}, now_us + babble_each_us});
    }
    if (state_ == State::working && heard_us_ != 0 && now_us - heard_us_ >= silence_us()) {
        heard_us_ = 0;
        carry_out(protocol_->on_silence(), now_us);
    }
}

std::optional<ContactEvent> ContactCard::next(std::uint64_t now_us) {
    look(now_us);
    if (held_until_us_ || out_.empty() || out_.front().at_us > now_us) {
        return std::nullopt;
    }
    ContactEvent const event = out_.front().event;
    out_.pop_front();
    bool const is_character =
        event.kind == ContactKind::character || event.kind == ContactKind::wrong_character;
    bool const is_wrong = (event.kind == ContactKind::wrong_character) != options_.is_inverse;
    if (is_character && is_wrong && needs_error_signal() && number_ > atr().size()) {
        held_until_us_ = now_us + error_signal_us;
        held_value_ = event.value;
    } else if (is_character) {
        repetitions_ = 0;
    }
    if (is_character && out_.empty() && rate_after_pps_ != 0) {
        card_rate_ = std::exchange(rate_after_pps_, std::uint8_t{0});
    }
    return event;
}

std::optional<std::uint64_t> ContactCard::due_us() const {
    std::optional<std::uint64_t> due;
    auto const also = [&due](std::uint64_t at_us) { due = std::min(due.value_or(at_us), at_us); };
    if (held_until_us_) {
        also(*held_until_us_);
    } else if (!out_.empty()) {
        also(out_.front().at_us);
    }
    if (state_ == State::babbling && out_.empty()) {
        also(0);
    }
    if (state_ == State::working && heard_us_ != 0) {
        also(heard_us_ + silence_us());
    }
    return due;
}

} // namespace virtual_card
