#include "firmware/boards/stm32l476/clock_tree.hpp"

#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {
namespace {

// RCC_CR
constexpr std::uint32_t hsi_on = bit(8);
constexpr std::uint32_t hsi_ready = bit(10);
constexpr std::uint32_t pll_on = bit(24);
constexpr std::uint32_t pll_ready = bit(25);

// RCC_PLLCFGR: 16 MHz / 1 × 10 = 160 MHz, / 2 for the core, / 4 for the random numbers.
constexpr std::uint32_t pll_from_hsi = 2;
constexpr unsigned pll_n_shift = 8;
constexpr std::uint32_t pll_n = 10;
constexpr std::uint32_t pll_q_on = bit(20);
constexpr std::uint32_t pll_q_by_4 = bit(21);
constexpr std::uint32_t pll_r_on = bit(24); // by 2 is 0

// RCC_CFGR
constexpr std::uint32_t switch_mask = 0x3;
constexpr std::uint32_t switch_to_hsi = 0x1;
constexpr std::uint32_t switch_to_pll = 0x3;
constexpr unsigned switched_shift = 2;

// RCC_CCIPR
constexpr std::uint32_t clk48_mask = bit(26) | bit(27);
constexpr std::uint32_t clk48_from_pll_q = bit(27);

// FLASH_ACR: no cache of data, so that what is read after an erasure is what is there.
constexpr std::uint32_t latency = 4;
constexpr std::uint32_t latency_mask = 0x7;
constexpr std::uint32_t prefetch = bit(8);
constexpr std::uint32_t instruction_cache = bit(9);
constexpr std::uint32_t data_cache = bit(10);

// RCC_AHB2ENR, RCC_APB1ENR1, RCC_APB2ENR
constexpr std::uint32_t ports_a_to_d = 0xF;
constexpr std::uint32_t rng_on = bit(18);
constexpr std::uint32_t tim2_on = bit(0);
constexpr std::uint32_t spi2_on = bit(14);
constexpr std::uint32_t usart2_to_uart5_on = bit(17) | bit(18) | bit(19) | bit(20);
constexpr std::uint32_t power_on = bit(28);
constexpr std::uint32_t usart1_on = bit(14);

void wait_for(Register const& status, std::uint32_t bits) {
    while (!status.has(bits)) {}
}

void switch_core_to(std::uint32_t source) {
    rcc().cfgr.change(switch_mask, source);
    while ((rcc().cfgr.read() >> switched_shift & switch_mask) != source) {}
}

// The boot program may have left the core on the PLL, which does not go off under it.
void start_pll() {
    rcc().cr.set(hsi_on);
    wait_for(rcc().cr, hsi_ready);
    switch_core_to(switch_to_hsi);
    rcc().cr.clear(pll_on);
    while (rcc().cr.has(pll_ready)) {}
    rcc().pllcfgr.write(pll_from_hsi | pll_n << pll_n_shift | pll_q_on | pll_q_by_4 | pll_r_on);
    rcc().cr.set(pll_on);
    wait_for(rcc().cr, pll_ready);
}

void slow_flash_down() {
    flash().acr.clear(data_cache);
    flash().acr.change(latency_mask, latency | prefetch | instruction_cache);
    while ((flash().acr.read() & latency_mask) != latency) {}
}

} // namespace

void start_clocks() {
    start_pll();
    slow_flash_down();
    switch_core_to(switch_to_pll);
    rcc().ccipr.change(clk48_mask, clk48_from_pll_q);
    rcc().ahb2enr.set(ports_a_to_d | rng_on);
    rcc().apb1enr1.set(tim2_on | spi2_on | usart2_to_uart5_on | power_on);
    rcc().apb2enr.set(usart1_on);
    (void)rcc().apb2enr.read(); // the clocks are there two cycles later
}

} // namespace stm32l476
