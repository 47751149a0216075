#include "firmware/boards/stm32l476/watchdog.hpp"

#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {
namespace {

// IWDG_KR, IWDG_PR: 32 kHz / 64 is one count in 2 ms.
constexpr std::uint32_t start = 0xCCCC;
constexpr std::uint32_t unlock = 0x5555;
constexpr std::uint32_t feed = 0xAAAA;
constexpr std::uint32_t by_64 = 4;
/// 8 s. A second is what the core promises; the chip's slow oscillator is not exact, and at the
/// start both images may have to be verified.
constexpr std::uint32_t counts = 4'000;

} // namespace

void start_watchdog() {
    iwdg().kr.write(start);
    iwdg().kr.write(unlock);
    iwdg().pr.write(by_64);
    iwdg().rlr.write(counts);
    while (iwdg().sr.read() != 0) {} // a few cycles of the watchdog's clock, which it starts itself
    feed_watchdog();
}

void feed_watchdog() { iwdg().kr.write(feed); }

} // namespace stm32l476
