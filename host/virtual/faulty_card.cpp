#include "host/virtual/faulty_card.hpp"

#include "host/virtual/t0_card.hpp"

#include "apdu/class_byte.hpp"
#include "apdu/instruction.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

using What = ExchangeOutcome::What;

constexpr std::size_t command_data_at = 5;
constexpr std::size_t status_size = 2;
constexpr std::uint8_t spoil = 0x01;

bool is_command(apdu::ByteView command, apdu::Ins ins) {
    return command.size() > 1 && command[1] == static_cast<std::uint8_t>(ins);
}

/// A MAC stands at the end of the data that commands with secure messaging carry.
void spoil_mac_of(Bytes& command) {
    if (command.size() <= command_data_at || !apdu::Cla{command[0]}.has_secure_messaging()) {
        return;
    }
    std::size_t const last = command_data_at + command[command_data_at - 1] - 1;
    if (last >= command_data_at && last < command.size()) {
        command[last] ^= spoil;
    }
}

bool answers_with_mac(std::uint8_t ins) {
    switch (static_cast<apdu::Ins>(ins)) {
    case apdu::Ins::initialize:
    case apdu::Ins::credit_for_load:
    case apdu::Ins::debit_for_purchase:
    case apdu::Ins::get_transaction_proof:
        return true;
    default:
        return false;
    }
}

} // namespace

FaultyCard::FaultyCard(PhysicalCard& card, std::vector<Fault> faults)
    : card_{card}, faults_{std::move(faults)} {
    for (Fault const& fault : faults_) {
        bool const is_torn = fault.kind == FaultKind::torn_write;
        if (fault.kind == FaultKind::cut_write || is_torn) {
            card_.cut_power({fault.at.value(), is_torn});
        }
    }
    card_.reset();
}

std::optional<apdu::ByteView> FaultyCard::reset() {
    if (state_ == State::away) {
        return std::nullopt;
    }
    card_.reset();
    state_ = State::working;
    answering_ins_ = 0;
    if (is_always_mute()) {
        return std::nullopt;
    }
    return card_.atr();
}

ExchangeOutcome FaultyCard::exchange(apdu::ByteView command) {
    if (state_ == State::away) {
        return {What::removed};
    }
    if (state_ != State::working) {
        return {state_ == State::off ? What::power_lost : What::mute};
    }
    ++commands_;
    if (active(FaultKind::removal) != nullptr) {
        state_ = State::away;
        return {What::removed};
    }
    if (active(FaultKind::power_cut) != nullptr) {
        state_ = State::off;
        return {What::power_lost};
    }
    if (active(FaultKind::mute) != nullptr) {
        state_ = State::mute;
        return {What::mute};
    }
    Fault const* const slow = active(FaultKind::slow);
    ExchangeOutcome outcome{What::answered};
    outcome.delay = slow != nullptr ? slow->delay : std::chrono::milliseconds{0};
    Fault const* const status = active(FaultKind::status);
    outcome.answer =
        status != nullptr ? response_of({}, status->status) : exchange_with_spoiled_codes(command);
    if (active(FaultKind::removal_after) != nullptr) {
        state_ = State::away;
        return {What::removed};
    }
    if (outcome.answer.empty() || active(FaultKind::power_cut_after) != nullptr) {
        state_ = State::off;
        return {What::power_lost};
    }
    return outcome;
}

void FaultyCard::come_back() {
    if (state_ == State::away) {
        state_ = State::off;
    }
}

Fault const* FaultyCard::active(FaultKind kind) const {
    auto const found = std::find_if(faults_.begin(), faults_.end(), [&](Fault const& fault) {
        return fault.kind == kind && (!fault.at || *fault.at == commands_);
    });
    return found == faults_.end() ? nullptr : &*found;
}

bool FaultyCard::is_always_mute() const {
    return std::any_of(faults_.begin(), faults_.end(), [](Fault const& fault) {
        return fault.kind == FaultKind::mute && !fault.at;
    });
}

Bytes FaultyCard::exchange_with_spoiled_codes(apdu::ByteView command) {
    if (command.size() > 1 && !is_command(command, apdu::Ins::get_response)) {
        answering_ins_ = command[1];
    }
    bool const spoils_mac = active(FaultKind::wrong_mac) != nullptr;
    Bytes sent{command.begin(), command.end()};
    if (spoils_mac) {
        spoil_mac_of(sent);
    }
    Bytes answer = card_.exchange(sent);
    bool const has_wrong_authentication =
        active(FaultKind::wrong_authentication) != nullptr &&
        answering_ins_ == static_cast<std::uint8_t>(apdu::Ins::internal_authenticate);
    bool const has_wrong_mac = spoils_mac && answers_with_mac(answering_ins_);
    if (answer.size() > status_size && (has_wrong_authentication || has_wrong_mac)) {
        answer[answer.size() - status_size - 1] ^= spoil;
    }
    return answer;
}

} // namespace virtual_card
