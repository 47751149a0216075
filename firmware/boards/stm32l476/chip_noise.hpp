#pragma once

#include "firmware/hal/noise.hpp"

#include <cstdint>
#include <optional>

namespace stm32l476 {

/// The chip's generator of random numbers, without anything between it and who asks: the core's
/// health tests and CTR_DRBG are there. After an error it starts anew at the next call.
class ChipNoise final : public hal::Noise {
public:
    ChipNoise();

    /// False also when the generator's own test finds its seed or its clock bad, or no number comes
    /// within looks_max looks.
    [[nodiscard]] bool fill(apdu::ByteSpan out) override;

    /// One number takes 40 cycles of 40 MHz; starting takes some more.
    static constexpr unsigned looks_max = 100'000;

private:
    [[nodiscard]] std::optional<std::uint32_t> next();
};

} // namespace stm32l476
