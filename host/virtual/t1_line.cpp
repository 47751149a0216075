#include "host/virtual/t1_line.hpp"

#include <algorithm>
#include <array>

namespace virtual_card {
namespace {

constexpr std::size_t head_size = 3;
constexpr std::size_t pcb_at = 1;
constexpr std::size_t len_at = 2;
constexpr std::size_t len_max = 254;

constexpr std::uint8_t more_bit = 0x20;
constexpr std::uint8_t number_bit = 0x40;
constexpr std::uint8_t ready_number_bit = 0x10;
constexpr std::uint8_t ready = 0x80;
constexpr std::uint8_t check_error = 0x01;
constexpr std::uint8_t other_error = 0x02;
constexpr std::uint8_t response_bit = 0x20;
constexpr std::uint8_t resynch = 0xC0;
constexpr std::uint8_t ifs = 0xC1;
constexpr std::uint8_t abort_chain = 0xC2;
constexpr std::uint8_t wtx = 0xC3;

std::uint8_t lrc_of(apdu::ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

/// CRC of ISO/IEC 13239 without the final inversion; the same ASSUMPTION as the terminal's, written
/// anew bit by bit.
std::uint16_t crc_of(apdu::ByteView bytes) {
    constexpr unsigned reversed_polynomial = 0x8408;
    unsigned crc = 0xFFFF;
    for (std::uint8_t const byte : bytes) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            bool const is_one = (((byte >> bit) ^ crc) & 1U) != 0;
            crc = (crc >> 1U) ^ (is_one ? reversed_polynomial : 0U);
        }
    }
    return static_cast<std::uint16_t>(crc);
}

void add_check(Bytes& block, bool has_crc) {
    if (!has_crc) {
        block.push_back(lrc_of(block));
        return;
    }
    std::uint16_t const crc = crc_of(block);
    block.push_back(static_cast<std::uint8_t>(crc >> 8U));
    block.push_back(static_cast<std::uint8_t>(crc));
}

} // namespace

void T1Line::begin() {
    block_.clear();
    is_garbled_ = false;
    expected_ = 0;
    number_ = 0;
    ifsd_ = 32;
    command_.clear();
    answer_.clear();
    acknowledged_ = 0;
    piece_ = 0;
    waits_for_extension_ = false;
    late_.reset();
    last_.clear();
}

LineReply T1Line::take(std::uint8_t character, bool is_parity_wrong) {
    block_.push_back(character);
    is_garbled_ = is_garbled_ || is_parity_wrong;
    bool const is_whole =
        block_.size() >= head_size && block_.size() >= head_size + block_[len_at] + check_size();
    return is_whole ? take_block() : LineReply{};
}

LineReply T1Line::on_silence() {
    if (block_.empty()) {
        return {};
    }
    is_garbled_ = true;
    return take_block();
}

bool T1Line::is_check_right() const {
    Bytes expected{block_.begin(), block_.end() - static_cast<std::ptrdiff_t>(check_size())};
    add_check(expected, options_.has_crc);
    return expected == block_;
}

LineReply T1Line::take_block() {
    bool const is_garbled = std::exchange(is_garbled_, false);
    bool const is_right =
        !is_garbled && block_.size() >= head_size + check_size() && is_check_right();
    Bytes const block = std::exchange(block_, {});
    if (!is_right) {
        return ask_again(check_error);
    }
    if (block[len_at] > len_max) {
        return ask_again(other_error);
    }
    std::uint8_t const pcb = block[pcb_at];
    apdu::ByteView const inf = apdu::ByteView{block}.subspan(head_size, block[len_at]);
    if ((pcb & 0x80U) == 0) {
        return take_information(pcb, inf);
    }
    return (pcb & 0x40U) == 0 ? take_ready(pcb) : take_supervisory(pcb, inf);
}

LineReply T1Line::take_information(std::uint8_t pcb, apdu::ByteView inf) {
    std::uint8_t const number = (pcb & number_bit) != 0 ? 1 : 0;
    if (number != expected_ || inf.size() > options_.ifsc || waits_for_extension_) {
        return ask_again(other_error);
    }
    if (acknowledged_ + piece_ < answer_.size()) { // a chain of ours is not at its end
        return ask_again(other_error);
    }
    if (!answer_.empty()) { // it acknowledges our last block
        answer_.clear();
        number_ ^= 1U;
    }
    expected_ ^= 1U;
    command_.insert(command_.end(), inf.begin(), inf.end());
    if ((pcb & more_bit) != 0) {
        return send(static_cast<std::uint8_t>(ready | (expected_ != 0 ? ready_number_bit : 0)), {});
    }
    return carry_out();
}

LineReply T1Line::carry_out() {
    Bytes const command = std::exchange(command_, {});
    if (options_.has_endless_wtx) {
        waits_for_extension_ = true;
        return send(wtx, std::array<std::uint8_t, 1>{1});
    }
    auto outcome = card_.exchange(command);
    switch (outcome.what) {
    case ExchangeOutcome::What::removed:
        return {.leaves = true};
    case ExchangeOutcome::What::mute:
    case ExchangeOutcome::What::power_lost:
        return {.is_off = true};
    case ExchangeOutcome::What::answered:
        break;
    }
    answer_ = outcome.answer;
    acknowledged_ = 0;
    piece_ = 0;
    if (outcome.delay < options_.block_waiting) {
        LineReply reply = send_piece();
        reply.wait = outcome.delay;
        return reply;
    }
    auto const times = outcome.delay / options_.block_waiting + 1;
    late_ = std::move(outcome);
    waits_for_extension_ = true;
    return send(wtx, std::array<std::uint8_t, 1>{
                         static_cast<std::uint8_t>(std::min<std::int64_t>(times, 255))});
}

LineReply T1Line::send(std::uint8_t pcb, apdu::ByteView inf) {
    last_ = {0x00, pcb, static_cast<std::uint8_t>(inf.size())};
    last_.insert(last_.end(), inf.begin(), inf.end());
    add_check(last_, options_.has_crc);
    return repeat();
}

LineReply T1Line::repeat() {
    if (last_.empty()) {
        return {};
    }
    ++blocks_;
    Bytes block = last_;
    if (has_fault(options_.faults, LineFaultKind::bad_check, blocks_)) {
        block.back() = static_cast<std::uint8_t>(block.back() ^ 1U);
    }
    return {.characters = std::move(block)};
}

LineReply T1Line::send_piece() {
    piece_ = std::min(ifsd_, answer_.size() - acknowledged_);
    bool const has_more = acknowledged_ + piece_ < answer_.size();
    return send(
        static_cast<std::uint8_t>((number_ != 0 ? number_bit : 0) | (has_more ? more_bit : 0)),
        apdu::ByteView{answer_}.subspan(acknowledged_, piece_));
}

LineReply T1Line::ask_again(std::uint8_t error) {
    Bytes const last = last_;
    LineReply reply = send(
        static_cast<std::uint8_t>(ready | (expected_ != 0 ? ready_number_bit : 0) | error), {});
    if (!last.empty()) { // what an R-block asks for again is the block before this one
        last_ = last;
    }
    return reply;
}

LineReply T1Line::take_ready(std::uint8_t pcb) {
    std::uint8_t const wanted = (pcb & ready_number_bit) != 0 ? 1 : 0;
    bool const is_chaining = !answer_.empty() && acknowledged_ + piece_ < answer_.size();
    if (is_chaining && !waits_for_extension_ && wanted != number_) {
        acknowledged_ += piece_;
        number_ ^= 1U;
        return send_piece();
    }
    return repeat();
}

LineReply T1Line::take_supervisory(std::uint8_t pcb, apdu::ByteView inf) {
    switch (pcb) {
    case resynch:
        begin();
        return send(resynch | response_bit, {});
    case ifs:
        if (inf.size() != 1 || inf[0] == 0 || inf[0] > len_max) {
            return ask_again(other_error);
        }
        ifsd_ = inf[0];
        return send(ifs | response_bit, inf);
    case abort_chain:
        command_.clear();
        answer_.clear();
        return send(abort_chain | response_bit, {});
    case wtx | response_bit:
        break;
    default:
        return ask_again(other_error);
    }
    if (!waits_for_extension_) {
        return ask_again(other_error);
    }
    if (options_.has_endless_wtx) {
        return send(wtx, std::array<std::uint8_t, 1>{1});
    }
    waits_for_extension_ = false;
    LineReply reply = send_piece();
    reply.wait = late_ ? late_->delay : std::chrono::milliseconds{0};
    late_.reset();
    return reply;
}

} // namespace virtual_card
