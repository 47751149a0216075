#include "firmware/core/atr_reception.hpp"

#include <bit>

namespace terminal {
namespace {

constexpr std::uint8_t direct_ts = 0x3B;
constexpr std::uint8_t inverse_ts = 0x3F;
constexpr std::uint8_t td_bit = 0x80;
constexpr std::uint8_t low_nibble = 0x0F;

std::uint8_t sum_of(apdu::ByteView bytes) {
    std::uint8_t sum = 0;
    for (std::uint8_t const byte : bytes) {
        sum = static_cast<std::uint8_t>(sum ^ byte);
    }
    return sum;
}

} // namespace

bool AtrReception::is_inverse() const { return size_ > 0 && bytes_[0] == inverse_ts; }

AtrReception::State AtrReception::receive_ts(std::uint8_t character) {
    if (character != direct_ts && character != inverse_ts_read_direct) {
        return State::bad_ts;
    }
    bytes_[size_++] = character == direct_ts ? direct_ts : inverse_ts;
    return State::receiving;
}

/// Y of T0 or a TD: which of TA, TB, TC and TD follow. An answer that would be longer than one can
/// be ends where one must.
void AtrReception::expect_interface_bytes(std::uint8_t indicator) {
    auto const y = static_cast<std::uint8_t>(indicator >> 4U);
    interface_left_ = static_cast<std::uint8_t>(std::popcount(y));
    is_td_next_ = (indicator & td_bit) != 0;
}

AtrReception::State AtrReception::receive(std::uint8_t character) {
    if (size_ == 0) {
        return receive_ts(character);
    }
    bytes_[size_++] = character;
    if (size_ == 2) { // T0
        rest_ = character & low_nibble;
        expect_interface_bytes(character);
    } else if (interface_left_ > 0) {
        --interface_left_;
        if (interface_left_ == 0 && is_td_next_) {
            bool const needs_check = (character & low_nibble) != 0;
            rest_ = static_cast<std::uint8_t>(rest_ + (needs_check && !has_check_ ? 1U : 0U));
            has_check_ = has_check_ || needs_check;
            expect_interface_bytes(character);
        }
    } else {
        --rest_;
    }
    if (interface_left_ > 0 || rest_ > 0) {
        return size_ == bytes_.size() ? State::bad_check : State::receiving;
    }
    return has_check_ && sum_of(bytes().subspan(1)) != 0 ? State::bad_check : State::done;
}

} // namespace terminal
