#include "apdu/require.hpp"

#include <cstdio>
#include <cstdlib>

namespace apdu {

void broken_requirement(char const* file, unsigned line) {
    std::fprintf(stderr, "sscard: broken requirement at %s:%u; please report this as a bug\n", file,
                 line);
    std::abort();
}

} // namespace apdu
