#include "firmware/core/pin_dialog.hpp"

#include <algorithm>

namespace terminal {
namespace {

constexpr std::uint64_t us_of_second = 1'000'000;
constexpr std::uint8_t asterisk = '*';

} // namespace

void PinDialog::begin(PinDialogPlan const& plan) {
    apdu::require(state_ == State::idle);
    plan_ = plan;
    state_ = State::typing;
    differing_ = 0;
    (void)pad_.key();
    ask(plan.asks_current ? Asked::current : Asked::fresh);
}

void PinDialog::clear() {
    current_.clear();
    fresh_.clear();
    again_.clear();
    state_ = State::idle;
}

keys::TypedPin& PinDialog::typed() {
    return asked_ == Asked::current ? current_ : (asked_ == Asked::fresh ? fresh_ : again_);
}

void PinDialog::ask(Asked asked) {
    constexpr std::array<Message, 3> prompts{Message::enter_pin, Message::enter_new_pin,
                                             Message::repeat_new_pin};
    asked_ = asked;
    typed().clear();
    prompt(prompts[static_cast<std::size_t>(asked)]);
}

void PinDialog::wait_anew() {
    std::uint8_t const seconds = plan_.timeout_s == 0 ? timeout_default_s : plan_.timeout_s;
    until_us_ = clock_.now_us() + seconds * us_of_second;
}

void PinDialog::prompt(Message message) {
    shown_ = message;
    wait_anew();
    draw();
}

void PinDialog::draw() {
    std::array<std::uint8_t, hal::Display::columns> asterisks{};
    asterisks.fill(asterisk);
    std::size_t const count = std::min(typed().size(), asterisks.size());
    display_.show(plan_.is_silent ? apdu::ByteView{} : text_of(shown_, plan_.language),
                  apdu::ByteView{asterisks}.first(count));
}

void PinDialog::show(Message message, Language language) {
    display_.show(text_of(message, language), {});
}

PinDialog::State PinDialog::step() {
    if (state_ != State::typing) {
        (void)pad_.key(); // nobody asked for it
        return state_;
    }
    if (auto const key = pad_.key()) {
        press(*key);
    } else if (clock_.now_us() >= until_us_) {
        time_out();
    }
    return state_;
}

void PinDialog::press(hal::PadKey key) {
    wait_anew();
    switch (key.kind) {
    case hal::PadKey::Kind::cancel:
        clear();
        state_ = State::cancelled;
        return;
    case hal::PadKey::Kind::clear:
        typed().clear();
        draw();
        return;
    case hal::PadKey::Kind::enter:
        if (plan_.end.is_entered || !plan_.end.is_full) {
            enter();
        }
        return;
    case hal::PadKey::Kind::digit:
        break;
    }
    if (typed().size() >= plan_.digits_max || !typed().add(key.digit)) {
        return;
    }
    draw();
    if (plan_.end.is_full && typed().size() == plan_.digits_max) {
        enter();
    }
}

void PinDialog::enter() {
    if (typed().size() < plan_.digits_min) {
        typed().clear();
        prompt(Message::too_short);
        return;
    }
    switch (asked_) {
    case Asked::current:
        if (plan_.asks_new) {
            ask(Asked::fresh);
            return;
        }
        break;
    case Asked::fresh:
        if (plan_.is_confirmed) {
            ask(Asked::again);
            return;
        }
        break;
    case Asked::again:
        compare();
        return;
    }
    state_ = State::done;
}

void PinDialog::compare() {
    if (fresh_.is_same_as(again_)) {
        again_.clear();
        state_ = State::done;
        return;
    }
    if (++differing_ == differing_max) {
        clear();
        state_ = State::cancelled;
        return;
    }
    again_.clear();
    asked_ = Asked::fresh;
    fresh_.clear();
    prompt(Message::pins_differ);
}

void PinDialog::time_out() {
    if (plan_.end.is_timeout && typed().size() >= plan_.digits_min) {
        enter();
        return;
    }
    clear();
    state_ = State::timed_out;
}

} // namespace terminal
