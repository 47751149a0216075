#include "host/virtual/contact_card.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

using SentType = ContactEventType;

/// A terminal that is silent for so long inside a block has lost some of it.
constexpr std::uint64_t silence_us = 100'000;
/// How often a card says that it works on, and one that never ends.
constexpr std::uint64_t sign_interval_us = 500'000;
constexpr std::uint64_t endless_interval_us = 100'000;
constexpr std::uint64_t babble_interval_us = 1'000;
/// How long the card waits for the error signal of a character that it knows to be wrong.
constexpr std::uint64_t error_wait_us = 20'000;

} // namespace

std::vector<ContactEvent> ContactCard::leave(std::uint64_t now_us) {
    work_on(now_us);
    bool const is_silent = protocol_->is_inside_block() && now_us >= last_came_us_ + silence_us;
    if (phase_ == Phase::talking && is_silent) {
        say_protocol(protocol_->silence(), now_us);
    }
    std::vector<ContactEvent> out = std::exchange(urgent_, {});
    while (!leaving_.empty() && leaving_.front().at_us <= now_us && hold_us_ <= now_us) {
        emit(now_us, out);
    }
    if (babble_us_ && *babble_us_ <= now_us) {
        put({babble_character_, false}, out);
        babble_us_ = now_us + babble_interval_us;
    }
    out.insert(out.end(), urgent_.begin(), urgent_.end());
    urgent_.clear();
    return out;
}

std::optional<std::uint64_t> ContactCard::due_us() const {
    std::optional<std::uint64_t> due;
    auto const at = [&](std::uint64_t time) { due = std::min(due.value_or(time), time); };
    if (!urgent_.empty()) {
        at(0);
    }
    if (!leaving_.empty()) {
        at(std::max(leaving_.front().at_us, hold_us_));
    }
    if (work_ && !protocol_->awaits_grant()) {
        at(works_forever() || work_->signs_left != 0 ? work_->sign_us
                                                     : std::min(work_->sign_us, work_->ready_us));
    }
    if (phase_ == Phase::talking && protocol_->is_inside_block()) {
        at(last_came_us_ + silence_us);
    }
    if (babble_us_) {
        at(*babble_us_);
    }
    return due;
}

void ContactCard::run(apdu::ByteView command, std::uint64_t now_us) {
    std::size_t const writes_before = card_.memory_writes();
    auto outcome = card_.exchange(command);
    auto const writes = static_cast<std::int64_t>(card_.memory_writes() - writes_before);
    if (exchanged_) {
        exchanged_(command, outcome);
    }
    switch (outcome.what) {
    case ExchangeOutcome::What::removed:
        remove();
        return;
    case ExchangeOutcome::What::mute:
    case ExchangeOutcome::What::power_lost:
        lacks_power_ = outcome.what == ExchangeOutcome::What::power_lost;
        go(Phase::dead);
        return;
    case ExchangeOutcome::What::answered:
        break;
    }
    std::chrono::microseconds const delay =
        outcome.delay + settings_.command_work + settings_.write_work * writes;
    auto const delay_us = static_cast<std::uint64_t>(delay.count());
    bool const signs_at_once = works_forever() || settings_.signs_before_answer != 0;
    work_ = Work{std::move(outcome.answer), now_us + delay_us,
                 now_us + (signs_at_once ? 0 : sign_interval_us), settings_.signs_before_answer};
    work_on(now_us);
}

/// Until the terminal has to grant more time, or time has to pass.
void ContactCard::work_on(std::uint64_t now_us) {
    while (work_ && !protocol_->awaits_grant()) {
        bool const is_ready =
            !works_forever() && work_->signs_left == 0 && now_us >= work_->ready_us;
        if (is_ready) {
            Bytes const answer = std::move(work_->answer);
            work_.reset();
            say_protocol(protocol_->answer(answer), now_us);
            return;
        }
        if (now_us < work_->sign_us) {
            return;
        }
        say_protocol(protocol_->sign_of_work(), now_us);
        if (work_->signs_left != 0) {
            --work_->signs_left;
        }
        work_->sign_us = work_->signs_left != 0 ? now_us
                         : works_forever()      ? now_us + endless_interval_us
                                                : now_us + sign_interval_us;
    }
}

bool ContactCard::works_forever() const {
    return faults_.has_from(settings_.protocol == ContactProtocol::t0 ? FaultKind::nulls_forever
                                                                      : FaultKind::wtx_forever,
                            card_.commands());
}

void ContactCard::say_protocol(Bytes characters, std::uint64_t now_us) {
    if (characters.empty()) {
        return;
    }
    if (settings_.protocol == ContactProtocol::t1 && faults_.spoils_next_block()) {
        characters.back() ^= 1U;
    }
    say(characters, now_us);
}

void ContactCard::say(Bytes const& characters, std::uint64_t now_us) {
    line_free_us_ = std::max(line_free_us_, now_us);
    if (phase_ == Phase::talking) {
        line_free_us_ = std::max(line_free_us_, last_came_us_ + guard_us());
    }
    for (std::uint8_t const value : characters) {
        line_free_us_ += settings_.is_paced ? line_us(contact_character_etu) : 0;
        leaving_.push_back({line_free_us_, value});
    }
}

/// From a character of the terminal's to the card's own: BGT of T=1.
std::uint64_t ContactCard::guard_us() const {
    constexpr std::uint64_t block_guard_etu = 22;
    bool const has_guard = settings_.is_paced && !protocol_->has_error_signal();
    return has_guard ? line_us(block_guard_etu) : 0;
}

/// Whoever still hears something does not speak.
void ContactCard::hold_back(std::uint64_t now_us) {
    std::uint64_t const begin_us = now_us + guard_us();
    std::uint64_t const first_us = leaving_.front().at_us - line_us(contact_character_etu);
    for (Leaving& each : leaving_) {
        each.at_us += begin_us > first_us && settings_.is_paced ? begin_us - first_us : 0;
    }
    line_free_us_ = leaving_.back().at_us;
}

/// A character as the card means it, onto the stream.
void ContactCard::put(LineCharacter meant, std::vector<ContactEvent>& out) const {
    auto const character = turned(meant, settings_.convention);
    out.push_back({character.is_parity_wrong ? SentType::wrong_character : SentType::character,
                   settings_.socket, character.value});
}

/// The one that PPS has said.
void ContactCard::take_next_rate() {
    rate_ = std::exchange(next_rate_, std::nullopt).value_or(rate_);
}

void ContactCard::emit(std::uint64_t now_us, std::vector<ContactEvent>& out) {
    Leaving const next = leaving_.front();
    leaving_.pop_front();
    auto const fate = faults_.next_character();
    if (!happens(fate, now_us)) {
        return;
    }
    bool const is_damaged = fate.is_damaged || terminal_rate_ != rate_;
    if (fate.extra) {
        put({*fate.extra, false}, out);
    }
    put({static_cast<std::uint8_t>(next.value ^ fate.flipped), is_damaged}, out);
    last_sent_ = next.value;
    repetitions_ = next.is_repetition ? repetitions_ : 0;
    bool const may_come_again =
        phase_ == Phase::talking && is_damaged && protocol_->has_error_signal();
    if (may_come_again) {
        hold_us_ = now_us + error_wait_us;
    }
    if (leaving_.empty()) {
        phase_ = phase_ == Phase::answering_reset ? Phase::talking : phase_;
        if (!may_come_again) {
            take_next_rate();
        }
    }
}

bool ContactCard::happens(CharacterFaults::Fate fate, std::uint64_t now_us) {
    if (fate.is_pulled) {
        remove();
    } else if (fate.babbles) {
        go(Phase::dead);
        babble_us_ = now_us;
        babble_character_ = *fate.babbles;
    } else if (fate.falls_mute) {
        go(Phase::dead);
    }
    return !fate.is_pulled && !fate.babbles && !fate.falls_mute;
}

} // namespace virtual_card
