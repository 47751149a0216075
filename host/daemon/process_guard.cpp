#include "host/daemon/process_guard.hpp"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace sscardd {

void guard_process_memory() {
    // The byte that freed memory is filled with; any but 0, which switches it off.
    constexpr int fill = 0xA5;
    mallopt(M_PERTURB, fill);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    rlimit const none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

} // namespace sscardd
