#pragma once

namespace stm32l476 {

/// From now on: flash is read and run; RAM is read and written, and nothing in it runs; the last
/// bytes under the stack, address 0 and whatever else has no purpose fault.
void protect_memory();

/// Flash can be written while one lives, for the driver of its pages alone.
class WritableFlash {
public:
    WritableFlash();
    ~WritableFlash();
    WritableFlash(WritableFlash const&) = delete;
    WritableFlash& operator=(WritableFlash const&) = delete;
};

} // namespace stm32l476
