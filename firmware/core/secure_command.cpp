#include "firmware/core/secure_command.hpp"

#include "apdu/status_word.hpp"

#include <algorithm>

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;
using apdu::ccid::PinOperation;

/// wPINMaxExtraDigit in the message, of both operations.
constexpr std::uint8_t verification_digits_at = 15;
constexpr std::uint8_t change_digits_at = 17;
/// PCB of the block that the host would have sent.
constexpr std::size_t pcb_at = 1;
constexpr std::uint8_t send_number_bit = 0x40;

PinDialogPlan plan_of(PinOperation const& operation) {
    PinDialogPlan plan{.digits_min = operation.digits_min,
                       .digits_max = operation.digits_max,
                       .end = operation.end,
                       .timeout_s = operation.timeout_s,
                       .language = language_of(operation.language),
                       .is_silent = operation.messages == 0};
    if (operation.change) {
        plan.asks_current = operation.change->asks_old;
        plan.asks_new = true;
        plan.is_confirmed = operation.change->is_confirmed;
    }
    return plan;
}

} // namespace

std::optional<std::uint8_t> SecureCommand::begin(apdu::ByteView data) {
    apdu::require(state_ == State::idle);
    if (data.size() > request_.size()) {
        return apdu::ccid::length_at;
    }
    apdu::copy_bytes(data, request_);
    auto const operation = PinOperation::parse(apdu::ByteView{request_}.first(data.size()));
    if (!operation.ok()) {
        return operation.error();
    }
    if (!keys::PinCommand::has_room(operation.value())) {
        return operation.value().change ? change_digits_at : verification_digits_at;
    }
    operation_ = operation.value();
    language_ = language_of(operation_.language);
    state_ = State::going_on;
    phase_ = Phase::typing;
    dialog_.clear();
    dialog_.begin(plan_of(operation_));
    return std::nullopt;
}

SecureCommand::State SecureCommand::step() {
    if (state_ != State::going_on) {
        return state_;
    }
    if (slot_.status() != apdu::ccid::IccStatus::active) {
        dialog_.show(Message::card_error, language_);
        fail(slot_error::mute);
    } else if (phase_ == Phase::typing) {
        step_typing();
    } else {
        step_exchange();
    }
    return state_;
}

void SecureCommand::step_typing() {
    switch (dialog_.step()) {
    case PinDialog::State::idle:
    case PinDialog::State::typing:
        break;
    case PinDialog::State::cancelled:
        dialog_.show(Message::cancelled, language_);
        fail(slot_error::pin_cancelled);
        break;
    case PinDialog::State::timed_out:
        dialog_.show(Message::timed_out, language_);
        fail(slot_error::pin_timed_out);
        break;
    case PinDialog::State::done:
        send();
        break;
    }
}

void SecureCommand::send() {
    dialog_.show(Message::please_wait, language_);
    command_.build(operation_, dialog_.current(), dialog_.fresh());
    dialog_.clear();
    phase_ = Phase::exchanging;
    command_.give(*this);
}

// The host has counted the block that it did not send: its N(S) is in the prologue.
void SecureCommand::take(apdu::ByteView command) {
    auto const& parameters = slot_.parameters();
    if (parameters.protocol == apdu::Protocol::t0) {
        slot_.exchange(command, 0);
        return;
    }
    start_ = slot_.position();
    start_.send_number = (operation_.prologue[pcb_at] & send_number_bit) != 0 ? 1 : 0;
    t1_ = apdu::t1::Terminal{parameters.on_line(), start_};
    follow(t1_.begin(command, apdu::t1::Repetition::never));
}

void SecureCommand::step_exchange() {
    auto const state = slot_.step();
    bool const is_t1 = slot_.parameters().protocol == apdu::Protocol::t1;
    if (state == Slot::State::done) {
        if (!is_t1) {
            finish(slot_.answer());
            return;
        }
        follow(t1_.receive(slot_.answer()));
    } else if (state == Slot::State::failed) {
        std::uint8_t const error = slot_.error();
        if (is_t1 && error == slot_error::parity) {
            follow(t1_.receive_garbled());
        } else if (is_t1 && error == slot_error::mute &&
                   slot_.status() == apdu::ccid::IccStatus::active) {
            follow(t1_.time_out());
        } else {
            dialog_.show(Message::card_error, language_);
            fail(error);
        }
    }
}

void SecureCommand::follow(apdu::t1::Action const& action) {
    switch (action.kind) {
    case apdu::t1::Action::Kind::send:
        slot_.exchange(action.bytes, action.multiplier);
        break;
    case apdu::t1::Action::Kind::done: {
        // One block with the number that the host expects, whatever it took to get there.
        std::array<std::uint8_t, apdu::t1::block_size_max> block{};
        if (action.bytes.size() > apdu::t1::inf_size_max) {
            slot_.set_position(t1_.position());
            dialog_.show(Message::card_error, language_);
            fail(slot_error::hardware);
            break;
        }
        std::size_t const size = apdu::t1::encode_block({.kind = apdu::t1::BlockKind::information,
                                                         .number = start_.receive_number,
                                                         .inf = action.bytes},
                                                        slot_.parameters().edc, block);
        slot_.set_position(t1_.position());
        tell(action.bytes);
        finish(apdu::ByteView{block}.first(size));
        break;
    }
    case apdu::t1::Action::Kind::fail:
        dialog_.show(Message::card_error, language_);
        fail(slot_error::mute);
        break;
    }
}

/// What the card said of the PIN, on the display.
void SecureCommand::tell(apdu::ByteView response) {
    if (response.size() < 2) {
        return;
    }
    auto const sw = apdu::StatusWord{static_cast<std::uint16_t>(
        (response[response.size() - 2] << 8U) | response[response.size() - 1])};
    if (sw.is_success()) {
        dialog_.show(operation_.change ? Message::pin_changed : Message::pin_right, language_);
    } else if (sw == apdu::sw::locked || sw.tries_left() == 0) {
        dialog_.show(Message::pin_blocked, language_);
    } else if (sw.tries_left()) {
        dialog_.show(Message::pin_wrong, language_);
    } else {
        dialog_.show(Message::card_error, language_);
    }
}

void SecureCommand::finish(apdu::ByteView response) {
    if (slot_.parameters().protocol == apdu::Protocol::t0) {
        tell(response);
    }
    size_ = std::min(response.size(), answer_.size());
    apdu::copy_bytes(response.first(size_), answer_);
    forget();
    state_ = State::done;
}

void SecureCommand::fail(std::uint8_t error) {
    forget();
    keys::wipe(answer_);
    size_ = 0;
    error_ = error;
    state_ = State::failed;
}

/// Wipes all but the answer.
void SecureCommand::forget() {
    dialog_.clear();
    command_.clear();
    t1_ = apdu::t1::Terminal{apdu::TransmissionParameters::of({})};
    if (state_ == State::going_on && phase_ == Phase::exchanging) {
        slot_.abandon();
    }
    operation_ = {};
    keys::wipe(request_);
}

void SecureCommand::clear() {
    // A card that has a part of a chain would take what the host sends next for the rest of it.
    bool const is_left = is_going_on() && phase_ == Phase::exchanging &&
                         slot_.parameters().protocol == apdu::Protocol::t1;
    forget();
    if (is_left) {
        slot_.demand_reset();
    }
    keys::wipe(answer_);
    size_ = 0;
    state_ = State::idle;
}

} // namespace terminal
