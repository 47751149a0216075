#pragma once

namespace apdu {

/// Called when a `require` does not hold: we have a bug. Each platform defines it once: a host
/// program prints the place and aborts (apdu/require_host.cpp); a terminal wipes its keys and
/// resets.
[[noreturn]] void broken_requirement(char const* file, unsigned line);

/// States what our own code guarantees; never a check of what a card, a host or a person sends.
constexpr void require(bool holds, char const* file = __builtin_FILE(),
                       unsigned line = __builtin_LINE()) {
    if (!holds) {
        broken_requirement(file, line);
    }
}

} // namespace apdu
