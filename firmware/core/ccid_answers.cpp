// When a CCID device answers, and with what.
#include "firmware/core/ccid_device.hpp"

namespace terminal {
namespace {

using apdu::ccid::AnswerType;
using apdu::ccid::CommandStatus;
using apdu::ccid::IccStatus;

constexpr std::uint8_t clock_runs = 0;
constexpr std::uint8_t clock_is_low = 1;

} // namespace

void CcidDevice::step() {
    step_slots();
    if (auto const received = parts_.link.step()) {
        begin(*received);
        return;
    }
    finish();
    if (waiting_ != Waiting::nothing) {
        parts_.link.keep_alive();
    }
}

Slot* CcidDevice::slot_of(std::uint8_t number) const {
    return number < parts_.slots.size() ? parts_.slots[number] : nullptr;
}

void CcidDevice::begin(HostLink::Received const& received) {
    supersede();
    pending_ = received.command;
    pending_.data = {};
    Slot* const slot = slot_of(received.command.slot);
    if (received.is_damaged) {
        fail(apdu::ccid::length_at);
    } else if (slot == nullptr) {
        fail(apdu::ccid::slot_at);
    } else {
        begin_at(*slot, received.command);
    }
}

/// The command that is not answered yet is given up.
void CcidDevice::supersede() {
    if (waiting_ == Waiting::nothing) {
        return;
    }
    if (waiting_ == Waiting::secure) {
        parts_.secure->clear();
    } else if (waiting_ == Waiting::escape) {
        parts_.escapes.clear();
    }
    parts_.link.count_superseded();
    waiting_ = Waiting::nothing;
}

void CcidDevice::step_slots() {
    for (Slot* const slot : parts_.slots) {
        bool const is_at_pin = waiting_ == Waiting::secure && slot == slot_of(pending_.slot);
        if (!is_at_pin) { // that slot is stepped by what types the PIN
            slot->step();
        }
    }
}

void CcidDevice::finish() {
    if (parts_.link.is_receiving()) {
        return;
    }
    switch (waiting_) {
    case Waiting::nothing:
        break;
    case Waiting::slot:
        finish_slot(*slot_of(pending_.slot));
        break;
    case Waiting::secure:
        finish_secure();
        break;
    case Waiting::escape:
        if (parts_.escapes.step() == EscapeCommands::State::done) {
            finish_escape();
        }
        break;
    }
}

void CcidDevice::finish_slot(Slot& slot) {
    if (slot.is_busy()) {
        return;
    }
    switch (slot.state()) {
    case Slot::State::done:
        answer(slot.answer());
        slot.clear_answer();
        break;
    case Slot::State::failed:
        fail(slot.error());
        break;
    case Slot::State::idle:
    case Slot::State::busy:
        break;
    }
}

void CcidDevice::finish_secure() {
    switch (parts_.secure->step()) {
    case SecureCommand::State::done:
        answer(parts_.secure->answer());
        parts_.secure->clear();
        break;
    case SecureCommand::State::failed:
        fail(parts_.secure->error());
        parts_.secure->clear();
        break;
    case SecureCommand::State::idle:
    case SecureCommand::State::going_on:
        break;
    }
}

void CcidDevice::finish_escape() {
    answer(parts_.escapes.answer());
    parts_.escapes.clear();
}

void CcidDevice::answer(apdu::ByteView data) {
    send({.type = apdu::ccid::answer_type_of(pending_.type), .data = data});
}

void CcidDevice::answer_parameters(Slot const& slot) {
    std::array<std::uint8_t, apdu::ccid::t1_parameters_size> data{};
    std::size_t const size = slot.parameters().encode(data);
    send({.type = AnswerType::parameters,
          .specific =
              static_cast<std::uint8_t>(slot.parameters().protocol == apdu::Protocol::t1 ? 1 : 0),
          .data = apdu::ByteView{data}.first(size)});
}

void CcidDevice::fail(std::uint8_t error) {
    send({.type = apdu::ccid::answer_type_of(pending_.type),
          .status = CommandStatus::failed,
          .error = error});
}

void CcidDevice::send(apdu::ccid::Answer answer) {
    Slot const* const slot = slot_of(pending_.slot);
    answer.slot = pending_.slot;
    answer.sequence = pending_.sequence;
    answer.icc = slot == nullptr ? IccStatus::absent : slot->status();
    if (answer.type == AnswerType::slot_status && slot != nullptr) {
        answer.specific = slot->is_clock_running() ? clock_runs : clock_is_low;
    }
    parts_.link.send(answer);
    waiting_ = Waiting::nothing;
}

} // namespace terminal
