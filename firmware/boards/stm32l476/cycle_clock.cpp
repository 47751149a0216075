#include "firmware/boards/stm32l476/cycle_clock.hpp"

#include "firmware/boards/stm32l476/clock_tree.hpp"
#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {
namespace {

constexpr std::uint32_t counts_per_second = 1'000'000;
constexpr std::uint32_t count_all = 0xFFFF'FFFF;
constexpr std::uint32_t update = bit(0);
constexpr std::uint32_t enabled = bit(0);
constexpr unsigned wrap_bits = 32;

} // namespace

CycleClock::CycleClock() {
    tim2().psc.write(core_hz / counts_per_second - 1);
    tim2().arr.write(count_all);
    tim2().egr.write(update); // takes the divider, and starts at 0
    tim2().cr1.set(enabled);
}

std::uint64_t CycleClock::now_us() {
    std::uint32_t const now = tim2().cnt.read();
    wraps_ += now < last_ ? 1 : 0;
    last_ = now;
    return std::uint64_t{wraps_} << wrap_bits | now;
}

void CycleClock::wait_us(std::uint32_t us) {
    std::uint64_t const until_us = now_us() + us;
    while (now_us() <= until_us) {}
}

} // namespace stm32l476
