#include "firmware/boards/stm32l476/keypad.hpp"

#include <utility>

namespace stm32l476 {
namespace {

constexpr std::uint8_t columns = 3;
constexpr std::uint8_t star = 9;
constexpr std::uint8_t zero = 10;
constexpr std::uint8_t hash = 11;
/// Until a column follows a row, by the chip's pull-up of 40 kΩ.
constexpr std::uint32_t settle_us = 5;
/// Without a scan for longer than this, keys may have come and gone.
constexpr std::uint64_t stale_us = 100'000;

using Kind = hal::PadKey::Kind;

} // namespace

Keypad::Keypad(KeypadPins const& pins, CycleClock& clock) : pins_{pins}, clock_{clock} {
    for (Pin const& row : pins_.rows) {
        row.make_output(Drive::open_drain, true);
    }
    for (Pin const& column : pins_.columns) {
        column.make_input(Pull::up);
    }
}

/// The key that is down, counted by rows; nothing where there is none, or more.
std::optional<std::uint8_t> Keypad::scan() {
    std::optional<std::uint8_t> found;
    unsigned count = 0;
    std::uint8_t number = 0;
    for (Pin const& row : pins_.rows) {
        row.set(false);
        clock_.wait_us(settle_us);
        for (Pin const& column : pins_.columns) {
            if (!column.is_high()) {
                found = number;
                ++count;
            }
            ++number;
        }
        row.set(true);
    }
    return count == 1 ? found : std::nullopt;
}

void Keypad::on_change(std::optional<std::uint8_t> down) {
    if (cancel_at_us_) { // * is let go
        pressed_ = hal::PadKey{Kind::clear};
        cancel_at_us_.reset();
    }
    down_ = down;
    if (!down) {
        return;
    }
    if (*down == star) {
        cancel_at_us_ = clock_.now_us() + cancel_us;
    } else if (*down == hash) {
        pressed_ = hal::PadKey{Kind::enter};
    } else {
        std::uint8_t const digit = *down == zero ? 0 : static_cast<std::uint8_t>(*down + 1);
        pressed_ = hal::PadKey{Kind::digit, digit};
    }
}

void Keypad::look() {
    std::uint64_t const now_us = clock_.now_us();
    if (now_us < scan_at_us_) {
        return;
    }
    if (now_us - scan_at_us_ > stale_us) { // nobody has asked: who knows what * did
        cancel_at_us_.reset();
    }
    scan_at_us_ = now_us + scan_each_us;
    auto const seen = scan();
    seen_times_ = seen == seen_ ? seen_times_ + 1 : 1;
    seen_ = seen;
    if (seen_times_ >= same_scans && seen != down_) {
        on_change(seen);
    }
    if (cancel_at_us_ && now_us >= *cancel_at_us_) {
        pressed_ = hal::PadKey{Kind::cancel};
        cancel_at_us_.reset();
    }
}

std::optional<hal::PadKey> Keypad::key() {
    look();
    return std::exchange(pressed_, std::nullopt);
}

} // namespace stm32l476
