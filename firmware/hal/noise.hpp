#pragma once

#include "apdu/bytes.hpp"

namespace hal {

/// The board's source of randomness, as it comes.
class Noise {
public:
    Noise() = default;
    Noise(Noise const&) = delete;
    Noise& operator=(Noise const&) = delete;
    virtual ~Noise() = default;

    /// Fills `out` with bytes of at least one bit of entropy each. False: the source has failed, or
    /// there is none.
    [[nodiscard]] virtual bool fill(apdu::ByteSpan out) = 0;
};

} // namespace hal
