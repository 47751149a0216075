// What the compiler refers to of libraries that are not there: all that has no place in a terminal
// ends it.
#include "firmware/boards/stm32l476/fresh_start.hpp"

#include <cstddef>

// Destructors of virtual types name it; there is no heap that anything is deleted from.
void operator delete(void* /*object*/) noexcept { stm32l476::wipe_and_restart(); }
void operator delete(void* /*object*/, std::size_t /*size*/) noexcept {
    stm32l476::wipe_and_restart();
}

namespace std {

/// Checks of the standard library.
[[noreturn]] void __throw_out_of_range_fmt(char const* /*text*/, ...) { // NOLINT
    stm32l476::wipe_and_restart();
}

} // namespace std

extern "C" {

void __cxa_pure_virtual() { stm32l476::wipe_and_restart(); } // NOLINT
[[noreturn]] void abort() { stm32l476::wipe_and_restart(); }
[[noreturn]] void exit(int /*status*/) { stm32l476::wipe_and_restart(); }

} // extern "C"
