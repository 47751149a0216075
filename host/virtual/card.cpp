#include "host/virtual/card.hpp"

#include "host/virtual/block.hpp"
#include "host/virtual/command_table.hpp"
#include "host/virtual/memory_writes.hpp"

namespace virtual_card {
namespace {

/// What Le should have been; 00 for 256.
apdu::StatusWord exact_length(std::size_t size) {
    return apdu::StatusWord{0x6C, static_cast<std::uint8_t>(size)};
}

/// A load or purchase that has begun is forgotten by every command but these. card.md §4.1.
bool keeps_transaction(CommandRow const& row) {
    return row.ins == apdu::Ins::credit_for_load || row.ins == apdu::Ins::debit_for_purchase ||
           row.ins == apdu::Ins::get_balance || row.ins == apdu::Ins::get_transaction_proof;
}

} // namespace

void SeededRandom::fill(apdu::ByteSpan out) {
    for (std::uint8_t& byte : out) {
        byte = static_cast<std::uint8_t>(engine_());
    }
}

Card::Card(CardMemory memory, Surroundings surroundings)
    : memory_{std::move(memory)}, surroundings_{surroundings} {
    reset();
}

void Card::reset() {
    gate_.power_on();
    security_ = SecurityState{};
    if (!memory_.directories.empty()) {
        security_.directory = 0;
    }
    atr_.assign(atr_start.begin(), atr_start.end());
    atr_.insert(atr_.end(), memory_.historical.begin(), memory_.historical.end());
}

std::optional<Answer> Card::execute(CardCommand const& command) {
    if (!gate_.has_power()) {
        return std::nullopt;
    }
    SecurityState const security_before = security_;
    security_.usable = std::exchange(security_.fresh, {});
    Answer answer = carry_out(command);
    switch (write()) {
    case Writing::done:
        break;
    case Writing::failed:
        security_ = security_before;
        return apdu::sw::memory_failure;
    case Writing::power_lost:
        return std::nullopt;
    }
    auto const* const row = look_up(command.cla.value(), command.ins, command.p1).row;
    bool const gives_data = row != nullptr && row->flow == DataFlow::from_card;
    if (gives_data && answer.status.is_success() && answer.data.size() != command.ne) {
        security_ = security_before;
        return exact_length(answer.data.size());
    }
    return answer;
}

Answer Card::carry_out(CardCommand const& command) {
    if (auto const refusal = refusal_by_block(*this, command)) {
        return *refusal;
    }
    auto const [row, refusal] = look_up(command.cla.value(), command.ins, command.p1);
    if (row == nullptr || !keeps_transaction(*row)) {
        security_.transaction.reset();
    }
    return row == nullptr ? Answer{refusal} : row->carry_out(*this, command);
}

CardMemory& Card::change() {
    steps_.push_back(memory_);
    return memory_;
}

Card::Writing Card::write() {
    if (steps_.empty()) {
        return Writing::done;
    }
    steps_.push_back(std::move(memory_));
    CardMemory written = steps_.front();
    for (CardMemory const& step : steps_) {
        write_changes(written, step, gate_);
    }
    CardMemory const before = std::move(steps_.front());
    bool const is_whole = gate_.has_power();
    apdu::require(!is_whole || written == steps_.back());
    steps_.clear();
    bool const is_undone = !is_whole && surroundings_.anti_tearing == AntiTearing::undo;
    if (is_undone) {
        written = before;
    }
    memory_ = std::move(written);
    bool const is_kept =
        memory_ == before || surroundings_.store == nullptr || surroundings_.store->commit(memory_);
    if (!is_whole) {
        return Writing::power_lost;
    }
    if (!is_kept) {
        memory_ = before;
        return Writing::failed;
    }
    return Writing::done;
}

} // namespace virtual_card
