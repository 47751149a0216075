#pragma once

#include <cstdlib>

/// Ends the fuzzer with what it was given where that does not hold.
inline void require_so(bool holds) {
    if (!holds) {
        std::abort();
    }
}
