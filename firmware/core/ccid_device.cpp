// The messages of CCID rev. 1.1 §6.1, one function each. terminal.md §1.
#include "firmware/core/ccid_device.hpp"

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;
using apdu::ccid::Command;
using apdu::ccid::CommandType;
using apdu::ccid::IccStatus;

constexpr std::uint8_t power_select_max = 3;
constexpr std::uint8_t level_at = apdu::ccid::specific_at + 1;
constexpr std::uint8_t clock_command_max = 1;
constexpr std::uint8_t mechanical_min = 1;
constexpr std::uint8_t mechanical_max = 5;
constexpr std::size_t rate_data_size = 8;

/// bPowerSelect: 0 automatic, 1 5 V, 2 3 V, 3 1.8 V.
std::optional<hal::VoltageClass> voltage_of(std::uint8_t power_select) {
    return power_select == 0 ? std::nullopt
                             : std::optional{static_cast<hal::VoltageClass>(power_select - 1)};
}

} // namespace

void CcidDevice::begin_at(Slot& slot, Command const& command) {
    switch (static_cast<CommandType>(command.type)) {
    case CommandType::icc_power_on:
        power_on(slot, command);
        return;
    case CommandType::icc_power_off:
        slot.power_off();
        answer();
        return;
    case CommandType::get_slot_status:
        answer();
        return;
    case CommandType::abort:
        slot.abandon();
        answer();
        return;
    case CommandType::xfr_block:
        exchange(slot, command);
        return;
    case CommandType::secure:
        secure(slot, command);
        return;
    case CommandType::escape:
        escape(command);
        return;
    case CommandType::set_parameters:
        set_parameters(slot, command);
        return;
    case CommandType::get_parameters:
        answer_parameters(slot);
        return;
    case CommandType::reset_parameters:
        if (may_act(slot)) {
            slot.reset_parameters();
            answer_parameters(slot);
        }
        return;
    case CommandType::icc_clock:
        set_clock(slot, command);
        return;
    case CommandType::mechanical:
        mechanical(command);
        return;
    case CommandType::set_data_rate_and_clock: // both are automatic here
        fail(command.data.size() == rate_data_size ? slot_error::not_supported
                                                   : apdu::ccid::length_at);
        return;
    case CommandType::t0_apdu: // is for readers that take whole APDUs
        break;
    }
    fail(slot_error::not_supported);
}

void CcidDevice::power_on(Slot& slot, Command const& command) {
    if (!command.data.empty()) {
        fail(apdu::ccid::length_at);
    } else if (command.specific[0] > power_select_max) {
        fail(apdu::ccid::specific_at);
    } else {
        slot.power_on(voltage_of(command.specific[0]));
        waiting_ = Waiting::slot;
    }
}

/// True when the slot can do something with its card; else the answer is sent.
bool CcidDevice::may_act(Slot& slot) {
    if (slot.is_busy()) {
        fail(slot_error::busy);
        return false;
    }
    if (slot.status() != IccStatus::active) {
        fail(slot_error::mute);
        return false;
    }
    return true;
}

void CcidDevice::exchange(Slot& slot, Command const& command) {
    if (!may_act(slot)) {
        return;
    }
    if (command.data.empty()) {
        fail(apdu::ccid::length_at);
    } else if (command.specific[1] != 0 || command.specific[2] != 0) {
        fail(level_at); // no chains at TPDU level
    } else {
        slot.exchange(command.data, command.specific[0]);
        waiting_ = Waiting::slot;
    }
}

void CcidDevice::secure(Slot& slot, Command const& command) {
    if (parts_.secure == nullptr) {
        fail(slot_error::not_supported);
        return;
    }
    if (!may_act(slot)) {
        return;
    }
    if (slot.needs_reset()) { // nobody types a PIN for a card that does not get it
        fail(slot_error::mute);
        return;
    }
    parts_.secure->clear();
    if (auto const error = parts_.secure->begin(command.data)) {
        fail(*error);
        return;
    }
    waiting_ = Waiting::secure;
}

void CcidDevice::escape(Command const& command) {
    switch (parts_.escapes.begin(command.data)) {
    case EscapeCommands::State::done:
        finish_escape();
        break;
    case EscapeCommands::State::going_on:
        waiting_ = Waiting::escape;
        break;
    case EscapeCommands::State::failed:
    case EscapeCommands::State::idle:
        fail(slot_error::not_supported);
        break;
    }
}

void CcidDevice::set_parameters(Slot& slot, Command const& command) {
    if (!may_act(slot)) {
        return;
    }
    auto const parameters = apdu::ccid::Parameters::parse(command.specific[0], command.data);
    if (!parameters.ok()) {
        fail(parameters.error());
        return;
    }
    slot.set_parameters(parameters.value());
    answer_parameters(slot);
}

void CcidDevice::set_clock(Slot& slot, Command const& command) {
    if (!may_act(slot)) {
        return;
    }
    if (command.specific[0] > clock_command_max) {
        fail(apdu::ccid::specific_at);
        return;
    }
    slot.set_clock(command.specific[0] == 0);
    answer();
}

void CcidDevice::mechanical(Command const& command) {
    bool const is_function =
        command.specific[0] >= mechanical_min && command.specific[0] <= mechanical_max;
    fail(is_function ? slot_error::not_supported : apdu::ccid::specific_at);
}

} // namespace terminal
