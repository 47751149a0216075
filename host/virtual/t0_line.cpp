#include "host/virtual/t0_line.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t line_header_size = 5;
constexpr std::size_t line_ins_at = 1;
constexpr std::size_t length_at = 4;
constexpr std::size_t line_status_size = 2;
constexpr std::uint8_t null = 0x60;
/// A NULL each half second keeps the terminal waiting.
constexpr std::chrono::milliseconds null_each{500};

} // namespace

LineReply T0Line::take(std::uint8_t character, bool /*is_parity_wrong: it is asked for again*/) {
    received_.push_back(character);
    if (received_.size() < line_header_size) {
        return {};
    }
    auto const ins = received_[line_ins_at];
    bool const is_one_by_one = procedure_ == Procedure::one_by_one;
    std::uint8_t const acknowledge = is_one_by_one ? static_cast<std::uint8_t>(ins ^ 0xFFU) : ins;
    bool const takes_data = card_.takes_data(received_);
    std::size_t const whole = line_header_size + (takes_data ? received_[length_at] : 0U);
    if (received_.size() == whole) {
        return carry_out();
    }
    bool const asks = received_.size() == line_header_size || is_one_by_one;
    return {.characters = asks ? Bytes{acknowledge} : Bytes{}};
}

LineReply T0Line::carry_out() {
    if (has_endless_nulls_) {
        received_.clear();
        return {.characters = {null}, .goes_on = true};
    }
    auto const outcome = card_.exchange(received_);
    LineReply reply{.wait = outcome.delay};
    switch (outcome.what) {
    case ExchangeOutcome::What::answered:
        for (auto left = outcome.delay; left > null_each; left -= null_each) {
            reply.characters.push_back(null);
        }
        if (!reply.characters.empty()) {
            reply.wait = null_each; // before each of them
        }
        break;
    case ExchangeOutcome::What::removed:
        reply.leaves = true;
        break;
    case ExchangeOutcome::What::mute:
    case ExchangeOutcome::What::power_lost:
        reply.is_off = true;
        break;
    }
    Bytes const answer = answer_on_line(outcome.answer);
    reply.characters.insert(reply.characters.end(), answer.begin(), answer.end());
    received_.clear();
    return reply;
}

/// Data come behind a procedure byte of their own.
Bytes T0Line::answer_on_line(apdu::ByteView answer) const {
    Bytes line;
    if (answer.size() > line_status_size) {
        apdu::ByteView const data = answer.first(answer.size() - line_status_size);
        std::uint8_t const ins = received_[line_ins_at];
        if (procedure_ == Procedure::all_at_once) {
            line.push_back(ins);
        }
        for (std::uint8_t const byte : data) {
            if (procedure_ == Procedure::one_by_one) {
                line.push_back(static_cast<std::uint8_t>(ins ^ 0xFFU));
            }
            line.push_back(byte);
        }
        answer = answer.last(line_status_size);
    }
    line.insert(line.end(), answer.begin(), answer.end());
    return line;
}

} // namespace virtual_card
