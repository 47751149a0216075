#include "host/virtual/t1_line.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::size_t t1_prologue_size = 3;
constexpr std::size_t t1_length_at = 2;
constexpr std::size_t ifsd_default = 32;
constexpr std::size_t t1_command_size_max = 65'544;

constexpr std::uint8_t supervision_mask = 0xC0;
constexpr std::uint8_t information_bit = 0x80; // 0: an I-block
constexpr std::uint8_t more_bit = 0x20;
constexpr std::uint8_t response_bit = 0x20;
constexpr unsigned information_number_shift = 6;
constexpr unsigned acknowledged_number_shift = 4;
constexpr std::uint8_t error_code = 1;
constexpr std::uint8_t error_other = 2;

constexpr std::uint8_t s_resynch = 0xC0;
constexpr std::uint8_t s_ifs = 0xC1;
constexpr std::uint8_t s_abort = 0xC2;
constexpr std::uint8_t s_wtx = 0xC3;

std::uint8_t swapped(std::uint8_t nad) {
    return static_cast<std::uint8_t>((nad << 4U) | (nad >> 4U));
}

} // namespace

void T1Line::reset() {
    start_anew();
    incoming_.clear();
    is_incoming_bad_ = false;
    last_.clear();
    nad_ = 0;
}

void T1Line::start_anew() {
    command_.clear();
    response_.clear();
    part_size_ = 0;
    ifsd_ = ifsd_default;
    send_number_ = 0;
    expect_number_ = 0;
    is_working_ = false;
    awaits_grant_ = false;
}

ProtocolStep T1Line::take(std::uint8_t character, bool is_parity_wrong) {
    incoming_.push_back(character);
    is_incoming_bad_ = is_incoming_bad_ || is_parity_wrong;
    if (incoming_.size() < t1_prologue_size ||
        incoming_.size() < t1_prologue_size + incoming_[t1_length_at] + size_of(settings_.code)) {
        return {};
    }
    ProtocolStep step = take_block();
    incoming_.clear();
    is_incoming_bad_ = false;
    return step;
}

ProtocolStep T1Line::take_block() {
    auto const block = parse_t1_block(incoming_, settings_.code);
    if (is_incoming_bad_ || !block) {
        return refuse(error_code);
    }
    nad_ = swapped(block->nad);
    if (block->information.size() > settings_.ifsc) {
        return refuse(error_other);
    }
    if ((block->pcb & information_bit) == 0) {
        return take_information(*block);
    }
    if ((block->pcb & supervision_mask) == supervision_mask) {
        return take_supervision(*block);
    }
    return block->information.empty() ? take_acknowledgement(block->pcb) : refuse(error_other);
}

/// An R-block; after a request of the card's own the request again. ISO/IEC 7816-3:2006 §11.6.3.2,
/// rules 7.1 and 7.3.
ProtocolStep T1Line::refuse(std::uint8_t error) {
    return {awaits_grant_ ? last_ : say_expected(error), std::nullopt};
}

ProtocolStep T1Line::take_information(T1Block const& block) {
    auto const number = static_cast<std::uint8_t>((block.pcb >> information_number_shift) & 1U);
    bool const is_chain_open = part_size_ != 0 && part_size_ < response_.size();
    bool const is_too_long = command_.size() + block.information.size() > t1_command_size_max;
    if (number != expect_number_ || is_chain_open || is_working_ || is_too_long) {
        return refuse(error_other);
    }
    if (part_size_ != 0) { // the terminal has our last I-block
        send_number_ ^= 1U;
        part_size_ = 0;
        response_.clear();
    }
    command_.insert(command_.end(), block.information.begin(), block.information.end());
    expect_number_ ^= 1U;
    if ((block.pcb & more_bit) != 0) {
        return {say_expected(0), std::nullopt};
    }
    is_working_ = true;
    return {{}, std::exchange(command_, {})};
}

ProtocolStep T1Line::take_acknowledgement(std::uint8_t pcb) {
    auto const number = static_cast<std::uint8_t>((pcb >> acknowledged_number_shift) & 1U);
    bool const is_chain_open = part_size_ != 0 && part_size_ < response_.size();
    if (is_chain_open && number != send_number_) {
        response_.erase(response_.begin(),
                        response_.begin() + static_cast<std::ptrdiff_t>(part_size_));
        send_number_ ^= 1U;
        return {say_next_part(), std::nullopt};
    }
    if (last_.empty()) {
        return {say_expected(0), std::nullopt};
    }
    return {last_, std::nullopt};
}

ProtocolStep T1Line::take_supervision(T1Block const& block) {
    auto const answered = static_cast<std::uint8_t>(block.pcb | response_bit);
    std::size_t const size = block.information.size();
    if (block.pcb == s_resynch && size == 0) {
        start_anew();
        return {say(answered), std::nullopt};
    }
    if (block.pcb == s_ifs && size == 1 && block.information[0] != 0 &&
        block.information[0] <= information_size_max) {
        ifsd_ = block.information[0];
        return {say(answered, block.information), std::nullopt};
    }
    if (block.pcb == s_abort && size == 0) {
        command_.clear();
        if (part_size_ != 0) {
            send_number_ ^= 1U;
        }
        response_.clear();
        part_size_ = 0;
        return {say(answered), std::nullopt};
    }
    if (block.pcb == (s_wtx | response_bit) && awaits_grant_) {
        awaits_grant_ = false;
        return {};
    }
    return refuse(error_other);
}

Bytes T1Line::answer(apdu::ByteView response) {
    apdu::require(is_working_ && !response.empty());
    is_working_ = false;
    response_.assign(response.begin(), response.end());
    return say_next_part();
}

Bytes T1Line::say_next_part() {
    part_size_ = std::min(response_.size(), ifsd_);
    unsigned const more = part_size_ < response_.size() ? more_bit : 0U;
    auto const end = response_.begin() + static_cast<std::ptrdiff_t>(part_size_);
    unsigned const number = unsigned{send_number_} << information_number_shift;
    return say(static_cast<std::uint8_t>(number | more), Bytes{response_.begin(), end});
}

Bytes T1Line::sign_of_work() {
    awaits_grant_ = true;
    return say(s_wtx, {1});
}

Bytes T1Line::silence() {
    incoming_.clear();
    is_incoming_bad_ = false;
    return refuse(error_other).characters;
}

Bytes T1Line::say_expected(std::uint8_t error) {
    unsigned const number = static_cast<unsigned>(expect_number_) << acknowledged_number_shift;
    return say(static_cast<std::uint8_t>(information_bit | number | error));
}

Bytes T1Line::say(std::uint8_t pcb, Bytes information) {
    last_ = encode({nad_, pcb, std::move(information)}, settings_.code);
    return last_;
}

} // namespace virtual_card
