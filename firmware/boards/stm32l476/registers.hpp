#pragma once

// The registers of the STM32L476 that this board uses. Addresses, offsets and bits here and in the
// sources of this folder are those of RM0351 and PM0214 as known, and ASSUMED until a board has
// run.

#include <array>
#include <cstddef>
#include <cstdint>

namespace stm32l476 {

/// A register of 32 bits: each access is one access of the bus.
class Register {
public:
    [[nodiscard]] std::uint32_t read() const { return value_; }
    void write(std::uint32_t value) { value_ = value; }
    [[nodiscard]] bool has(std::uint32_t bits) const { return (value_ & bits) != 0; }
    void set(std::uint32_t bits) { value_ = value_ | bits; }
    void clear(std::uint32_t bits) { value_ = value_ & ~bits; }
    /// Puts `value` in the place of the bits of `mask`.
    void change(std::uint32_t mask, std::uint32_t value) { value_ = (value_ & ~mask) | value; }

private:
    std::uint32_t volatile value_;
};
static_assert(sizeof(Register) == 4);

/// Registers that are not used: only their place counts.
template <std::size_t count>
using Unused = std::array<Register, count>;

/// One bit.
[[nodiscard]] constexpr std::uint32_t bit(unsigned number) { return std::uint32_t{1} << number; }

/// RM0351 §6.4: reset and clocks.
struct RccRegisters {
    Register cr;
    Unused<1> icscr;
    Register cfgr;
    Register pllcfgr;
    Unused<14> to_ahb1enr;
    Register ahb1enr;
    Register ahb2enr;
    Unused<2> to_apb1enr1;
    Register apb1enr1;
    Unused<1> apb1enr2;
    Register apb2enr;
    Unused<9> to_ccipr;
    Register ccipr;
    Unused<1> to_bdcr;
    Register bdcr;
    Register csr;
};
static_assert(offsetof(RccRegisters, ahb1enr) == 0x48);
static_assert(offsetof(RccRegisters, apb1enr1) == 0x58);
static_assert(offsetof(RccRegisters, ccipr) == 0x88);
static_assert(offsetof(RccRegisters, csr) == 0x94);

/// RM0351 §3.7: flash memory.
struct FlashRegisters {
    Register acr;
    Unused<1> pdkeyr;
    Register keyr;
    Unused<1> optkeyr;
    Register sr;
    Register cr;
    Register eccr;
};
static_assert(offsetof(FlashRegisters, eccr) == 0x18);

/// RM0351 §5.4: power.
struct PowerRegisters {
    Register cr1;
};

/// RM0351 §8.5: pins of a port.
struct GpioRegisters {
    Register moder;
    Register otyper;
    Register ospeedr;
    Register pupdr;
    Register idr;
    Register odr;
    Register bsrr;
    Register lckr;
    std::array<Register, 2> afr;
};

/// RM0351 §40.8: serial lines.
struct UsartRegisters {
    Register cr1;
    Register cr2;
    Register cr3;
    Register brr;
    Register gtpr;
    Unused<1> rtor;
    Register rqr;
    Register isr;
    Register icr;
    Register rdr;
    Register tdr;
};
static_assert(offsetof(UsartRegisters, tdr) == 0x28);

/// RM0351 §42.6: SPI. Data go in and out by single bytes.
struct SpiRegisters {
    Register cr1;
    Register cr2;
    Register sr;
    std::uint8_t volatile data;
};

/// RM0351 §27.4: random numbers.
struct NoiseRegisters {
    Register cr;
    Register sr;
    Register dr;
};

/// RM0351 §31.4: a timer of 32 bits.
struct TimerRegisters {
    Register cr1;
    Unused<4> to_egr;
    Register egr;
    Unused<3> to_cnt;
    Register cnt;
    Register psc;
    Register arr;
};
static_assert(offsetof(TimerRegisters, egr) == 0x14);
static_assert(offsetof(TimerRegisters, arr) == 0x2C);

/// RM0351 §36.4: the watchdog with a clock of its own.
struct WatchdogRegisters {
    Register kr;
    Register pr;
    Register rlr;
    Register sr;
};

/// RM0351 §38.6: real time, tamper pins, and the registers that a battery keeps.
struct RtcRegisters {
    Unused<3> to_isr;
    Register isr;
    Unused<12> to_tampcr;
    Register tampcr;
    Unused<3> to_bkpr;
    Register bkp0r;
};
static_assert(offsetof(RtcRegisters, tampcr) == 0x40);
static_assert(offsetof(RtcRegisters, bkp0r) == 0x50);

/// Registers at an address of the memory map.
template <typename Registers, std::uintptr_t address>
[[nodiscard]] Registers& registers_at() {
    return *reinterpret_cast<Registers*>(address);
}

/// The peripherals, by the names that the reference manual gives them. RM0351 table 1.
inline RccRegisters& rcc() { return registers_at<RccRegisters, 0x4002'1000>(); }
inline FlashRegisters& flash() { return registers_at<FlashRegisters, 0x4002'2000>(); }
inline PowerRegisters& power() { return registers_at<PowerRegisters, 0x4000'7000>(); }
inline TimerRegisters& tim2() { return registers_at<TimerRegisters, 0x4000'0000>(); }
inline RtcRegisters& rtc() { return registers_at<RtcRegisters, 0x4000'2800>(); }
inline WatchdogRegisters& iwdg() { return registers_at<WatchdogRegisters, 0x4000'3000>(); }
inline SpiRegisters& spi2() { return registers_at<SpiRegisters, 0x4000'3800>(); }
inline UsartRegisters& usart1() { return registers_at<UsartRegisters, 0x4001'3800>(); }
inline UsartRegisters& usart2() { return registers_at<UsartRegisters, 0x4000'4400>(); }
inline UsartRegisters& usart3() { return registers_at<UsartRegisters, 0x4000'4800>(); }
inline UsartRegisters& uart4() { return registers_at<UsartRegisters, 0x4000'4C00>(); }
inline UsartRegisters& uart5() { return registers_at<UsartRegisters, 0x4000'5000>(); }
inline NoiseRegisters& rng() { return registers_at<NoiseRegisters, 0x5006'0800>(); }

} // namespace stm32l476
