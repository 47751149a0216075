#pragma once

#include "firmware/hal/noise.hpp"

#include <sys/random.h>

namespace linux_board {

/// The kernel's random numbers.
class KernelNoise final : public hal::Noise {
public:
    [[nodiscard]] bool fill(apdu::ByteSpan out) override {
        while (!out.empty()) {
            auto const size = ::getrandom(out.data(), out.size(), 0);
            if (size <= 0) {
                return false;
            }
            out = out.subspan(static_cast<std::size_t>(size));
        }
        return true;
    }
};

} // namespace linux_board
