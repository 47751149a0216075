#pragma once

#include "firmware/boards/stm32l476/registers.hpp"

namespace stm32l476 {

/// PM0214 §4.5: the core's timer.
struct SysTickRegisters {
    Register ctrl;
    Register load;
    Register val;
};

/// PM0214 §4.3: the core's interrupts.
struct NvicRegisters {
    std::array<Register, 3> iser;
};

/// PM0214 §4.4: the core's control.
struct ScbRegisters {
    Register cpuid;
    Register icsr;
    Register vtor;
    Register aircr;
    Register scr;
    Register ccr;
    Unused<3> shpr;
    Register shcsr;
};
static_assert(offsetof(ScbRegisters, shcsr) == 0x24);

/// PM0214 §4.2: memory protection.
struct MpuRegisters {
    Register type;
    Register ctrl;
    Register rnr;
    Register rbar;
    Register rasr;
};

/// The core's own, by the names that PM0214 gives them.
inline SysTickRegisters& sys_tick() { return registers_at<SysTickRegisters, 0xE000'E010>(); }
inline NvicRegisters& nvic() { return registers_at<NvicRegisters, 0xE000'E100>(); }
inline ScbRegisters& scb() { return registers_at<ScbRegisters, 0xE000'ED00>(); }
inline MpuRegisters& mpu() { return registers_at<MpuRegisters, 0xE000'ED90>(); }

} // namespace stm32l476
