#pragma once

#include <cstdio>
#include <cstdlib>

namespace bench {

/// Ends the program, saying what failed, where a measurement cannot go on.
inline void expect(bool holds, char const* what) {
    if (!holds) {
        std::fprintf(stderr, "sscard_bench: failed: %s\n", what);
        std::exit(1);
    }
}

} // namespace bench
