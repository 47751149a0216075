#include "firmware/boards/stm32l476/memory_protection.hpp"

#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {
namespace {

/// PM0214 §4.2: memory protection.
struct MpuRegisters {
    Register type;
    Register ctrl;
    Register rnr;
    Register rbar;
    Register rasr;
};
MpuRegisters& mpu() { return registers_at<MpuRegisters, 0xE000'ED90>(); }
/// SHCSR: which faults there are. PM0214 §4.4.9.
Register& fault_control() { return registers_at<Register, 0xE000'ED24>(); }

// MPU_RASR. PM0214 §4.2.9.
constexpr std::uint32_t never_run = bit(28);
constexpr std::uint32_t no_access = 0;
constexpr std::uint32_t read_write = 0x1U << 24U;
constexpr std::uint32_t read_only = 0x5U << 24U;
constexpr std::uint32_t normal_memory = 0x2U << 16U; // cacheable, not shared
constexpr std::uint32_t device_memory = 0x5U << 16U; // shared, in order
constexpr std::uint32_t region_on = bit(0);
constexpr unsigned size_shift = 1;
constexpr unsigned eighths_off_shift = 8;

constexpr std::uint32_t mpu_on = bit(0);
constexpr std::uint32_t memory_faults_on = bit(16); // SHCSR

/// Regions: where they overlap the later one counts.
enum class Region : std::uint8_t { nothing, flash, ram, peripherals, chip_number, stack_guard };

/// Size as the MPU says it: the power of two, less one.
constexpr std::uint32_t size_of_power(unsigned power) { return (power - 1) << size_shift; }

constexpr std::uint32_t flash_address = 0x0800'0000;
constexpr std::uint32_t flash_rules = normal_memory | size_of_power(20); // 1 MB
constexpr std::uint32_t ram_address = 0x2000'0000;
/// 128 kB of which the last two eighths are not there.
constexpr std::uint32_t ram_rules = normal_memory | read_write | never_run | size_of_power(17) |
                                    (bit(6) | bit(7)) << eighths_off_shift;
constexpr std::uint32_t peripherals_address = 0x4000'0000;
constexpr std::uint32_t peripherals_rules =
    device_memory | read_write | never_run | size_of_power(29);
constexpr std::uint32_t chip_number_address = 0x1FFF'7000;
constexpr std::uint32_t chip_number_rules =
    normal_memory | read_only | never_run | size_of_power(11);
/// All below flash: what a null pointer, and an offset from one, would reach.
constexpr std::uint32_t nothing_rules = normal_memory | no_access | never_run | size_of_power(27);
/// The stack grows down to the start of RAM. The linker script leaves as much.
constexpr std::uint32_t stack_guard_rules =
    normal_memory | no_access | never_run | size_of_power(8); // 256 bytes

void set_region(Region region, std::uint32_t address, std::uint32_t rules) {
    mpu().rnr.write(static_cast<std::uint32_t>(region));
    mpu().rbar.write(address);
    mpu().rasr.write(rules | region_on);
}

void finish() {
    asm volatile("dsb\n"
                 "isb\n" ::
                     : "memory");
}

} // namespace

void protect_memory() {
    mpu().ctrl.write(0);
    set_region(Region::nothing, 0, nothing_rules);
    set_region(Region::flash, flash_address, flash_rules | read_only);
    set_region(Region::ram, ram_address, ram_rules);
    set_region(Region::peripherals, peripherals_address, peripherals_rules);
    set_region(Region::chip_number, chip_number_address, chip_number_rules);
    set_region(Region::stack_guard, ram_address, stack_guard_rules);
    fault_control().set(memory_faults_on);
    mpu().ctrl.write(mpu_on); // and what no region names faults
    finish();
}

WritableFlash::WritableFlash() {
    set_region(Region::flash, flash_address, flash_rules | read_write);
    finish();
}

WritableFlash::~WritableFlash() {
    finish();
    set_region(Region::flash, flash_address, flash_rules | read_only);
    finish();
}

} // namespace stm32l476
