#pragma once

#include "apdu/transmission_parameters.hpp"

namespace terminal {

/// Times of a card's line in microseconds, rounded up, at that clock.
class CardTimes {
public:
    /// `clock_hz`: cycles of CLK a second, not 0.
    explicit CardTimes(std::uint32_t clock_hz) : clock_hz_{clock_hz} {}

    /// Of cycles of CLK.
    [[nodiscard]] std::uint64_t us_of_clocks(std::uint64_t clocks) const {
        return (clocks * us_of_second + clock_hz_ - 1) / clock_hz_;
    }
    /// Of a line with those parameters.
    [[nodiscard]] std::uint64_t us_of_etu(apdu::TransmissionParameters const& parameters,
                                          std::uint32_t etu) const {
        return us_of_clocks(parameters.clocks_of_etu(etu));
    }

private:
    static constexpr std::uint64_t us_of_second = 1'000'000;
    std::uint32_t clock_hz_;
};

} // namespace terminal
