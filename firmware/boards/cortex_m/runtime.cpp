// What the compiler calls of a library that is not linked.
#include "firmware/boards/cortex_m/startup.hpp"

#include "apdu/require.hpp"

#include <cstddef>

namespace apdu {

void broken_requirement(char const* /*file*/, unsigned /*line*/) { cortex_m::on_fault(); }

} // namespace apdu

// Destructors of virtual types name it; there is no heap that anything is deleted from.
void operator delete(void* /*object*/) noexcept { cortex_m::on_fault(); }
void operator delete(void* /*object*/, std::size_t /*size*/) noexcept { cortex_m::on_fault(); }

namespace std {

/// The standard library's own checks come here.
[[noreturn]] void __throw_out_of_range_fmt(char const* /*text*/, ...) { cortex_m::on_fault(); }

} // namespace std

extern "C" {

void* __dso_handle = nullptr;
/// Nothing static is ever destroyed: main() does not return.
int __aeabi_atexit(void* /*object*/, void (* /*destructor*/)(void*), void* /*library*/) {
    return 0;
}
void __cxa_pure_virtual() { cortex_m::on_fault(); }
void exit(int /*status*/) { cortex_m::on_fault(); }
void abort() { cortex_m::on_fault(); }

} // extern "C"
