#include "host/virtual/contact_card.hpp"

#include "host/virtual/t0_line.hpp"

namespace virtual_card {
namespace {

using Type = ContactEventType;

constexpr std::uint64_t us_per_second = 1'000'000;
constexpr std::uint64_t reset_clocks = 400;
constexpr unsigned repetitions_max = 3;

std::unique_ptr<CardProtocol> protocol_of(ContactSettings const& settings, FaultyCard& card) {
    if (settings.protocol == ContactProtocol::t1) {
        return std::make_unique<T1Line>(settings.t1);
    }
    return std::make_unique<T0Line>(
        [&card](apdu::ByteView header) { return card.takes_data(header); },
        settings.is_byte_by_byte);
}

std::uint64_t us_of(std::uint64_t clocks, ContactSettings const& settings) {
    return clocks * us_per_second / settings.clock_hz;
}

} // namespace

ContactCard::ContactCard(FaultyCard& card, std::vector<Fault> faults, ContactSettings settings,
                         Exchanged exchanged)
    : card_{card}, faults_{std::move(faults)}, settings_{settings},
      exchanged_{std::move(exchanged)}, protocol_{protocol_of(settings, card)},
      order_{settings.is_paced ? us_of(reset_clocks, settings) : 0} {}

void ContactCard::take(ContactEvent const& event, std::uint64_t now_us) {
    if (event.socket != settings_.socket) {
        return;
    }
    switch (event.type) {
    case Type::character:
    case Type::wrong_character:
        take_character(
            turned({event.value, event.type == Type::wrong_character}, settings_.convention),
            now_us);
        break;
    case Type::contacts:
        take_contacts(ContactState::from(event.value), now_us);
        break;
    case Type::rate:
        terminal_rate_ = apdu::clock_rate_of(event.value);
        break;
    case Type::error_signal:
        take_error_signal(now_us);
        break;
    case Type::query:
        tell_presence();
        break;
    case Type::entropy:
    case Type::taken:
        break;
    }
}

void ContactCard::take_contacts(ContactState next, std::uint64_t now_us) {
    ContactState const before = order_.state();
    order_.take(next, now_us);
    bool const is_on = next.supply != 0 && next.has_clock && next.is_reset_high;
    bool const was_on = before.supply != 0 && before.has_clock && before.is_reset_high;
    if (!is_on) {
        go(Phase::off);
    } else if (!was_on && is_in_) {
        answer_reset(now_us);
    }
}

void ContactCard::answer_reset(std::uint64_t now_us) {
    go(Phase::answering_reset);
    faults_.reset();
    protocol_->reset();
    rate_ = apdu::default_clock_rate;
    may_pps_ = true;
    auto const own = lacks_power_ ? std::nullopt : card_.reset();
    if (!own) {
        go(Phase::dead);
        return;
    }
    Bytes atr = contact_atr(*own, settings_);
    if (faults_.has_from(FaultKind::bad_ts)) {
        atr.front() = 0x00;
    }
    if (faults_.has_from(FaultKind::bad_tck)) {
        atr.back() ^= 1U;
    }
    line_free_us_ = now_us + (settings_.is_paced ? us_of(reset_clocks, settings_) : 0);
    say(atr, now_us);
}

void ContactCard::take_character(LineCharacter character, std::uint64_t now_us) {
    if (phase_ != Phase::talking) {
        return;
    }
    auto const fate = faults_.next_character();
    if (!happens(fate, now_us)) {
        return;
    }
    last_came_us_ = now_us;
    if (leaving_.empty()) {
        take_next_rate();
    } else if (!protocol_->has_error_signal()) { // a block that goes on after its end
        hold_back(now_us);
        return;
    }
    bool const is_wrong = character.is_parity_wrong || terminal_rate_ != rate_ || fate.is_damaged;
    if (is_wrong && protocol_->has_error_signal()) {
        urgent_.push_back({Type::error_signal, settings_.socket, 0});
        if (++wrong_in_a_row_ > repetitions_max) {
            phase_ = Phase::dead;
        }
        return;
    }
    wrong_in_a_row_ = 0;
    if (protocol_->has_error_signal()) {
        urgent_.push_back({Type::taken, settings_.socket, 0});
    }
    if (fate.extra) {
        hear({*fate.extra, false}, now_us);
    }
    hear({static_cast<std::uint8_t>(character.value ^ fate.flipped), is_wrong}, now_us);
}

/// A character as the chip has it.
void ContactCard::hear(LineCharacter character, std::uint64_t now_us) {
    if (may_pps_ && (!pps_.empty() || character.value == pps_start)) {
        take_pps(character, now_us);
        return;
    }
    may_pps_ = false;
    auto const step = protocol_->take(character.value, character.is_parity_wrong);
    if (protocol_->has_dropped_command()) {
        work_.reset();
    }
    say_protocol(step.characters, now_us);
    if (step.command) {
        run(*step.command, now_us);
    }
}

void ContactCard::take_pps(LineCharacter character, std::uint64_t now_us) {
    pps_.push_back(character.value);
    if (character.is_parity_wrong) {
        go(Phase::dead);
        return;
    }
    if (!is_whole_pps(pps_)) {
        return;
    }
    auto const answer = answer_pps(pps_, settings_);
    if (!answer) {
        go(Phase::dead);
        return;
    }
    may_pps_ = false;
    pps_.clear();
    next_rate_ = answer->rate;
    say(answer->characters, now_us);
}

void ContactCard::take_error_signal(std::uint64_t now_us) {
    if (phase_ != Phase::talking || !protocol_->has_error_signal() || !last_sent_) {
        return;
    }
    if (++repetitions_ > repetitions_max) {
        go(Phase::dead);
        return;
    }
    hold_us_ = 0;
    leaving_.push_front(
        {settings_.is_paced ? now_us + line_us(contact_character_etu) : now_us, *last_sent_, true});
}

void ContactCard::remove() {
    if (is_in_) {
        is_in_ = false;
        go(Phase::off);
        tell_presence();
    }
}

void ContactCard::insert() {
    card_.come_back();
    lacks_power_ = false;
    if (!is_in_) {
        is_in_ = true;
        tell_presence();
    }
}

void ContactCard::cut_line() {
    go(Phase::off);
    urgent_.clear();
    order_.forget();
    terminal_rate_ = apdu::default_clock_rate;
}

void ContactCard::tell_presence() {
    urgent_.push_back(
        {Type::contacts, settings_.socket, static_cast<std::uint8_t>(is_in_ ? 1 : 0)});
}

void ContactCard::go(Phase phase) {
    phase_ = phase;
    leaving_.clear();
    work_.reset();
    babble_us_.reset();
    next_rate_.reset();
    last_sent_.reset();
    pps_.clear();
    may_pps_ = false;
    hold_us_ = 0;
    repetitions_ = 0;
    wrong_in_a_row_ = 0;
}

std::uint64_t ContactCard::line_us(std::uint64_t etu) const {
    return us_of(etu * rate_.fi / rate_.di, settings_);
}

} // namespace virtual_card
