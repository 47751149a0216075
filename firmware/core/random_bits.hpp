#pragma once

#include "firmware/core/noise_health.hpp"
#include "firmware/hal/noise.hpp"

#include "keys/random_generator.hpp"

namespace terminal {

/// The terminal's random bytes: the board's noise, watched by health tests, seeds a generator.
/// After a failure of either every request fails, until the terminal starts anew.
class RandomBits {
public:
    /// Both must outlive it.
    RandomBits(hal::Noise& noise, keys::RandomGenerator& generator);

    /// The tests at the start, and the first seed; due once. False: there are no random bytes.
    [[nodiscard]] bool start();
    /// Random bytes. False: not started, or failed, and `out` is zeros.
    [[nodiscard]] bool fill(apdu::ByteSpan out);
    /// Whether bytes can be asked for.
    [[nodiscard]] bool is_working() const { return is_started_ && !has_failed_; }

private:
    /// Noise that was tested.
    class TestedNoise final : public keys::EntropySource {
    public:
        explicit TestedNoise(hal::Noise& noise) : noise_{noise} {}
        [[nodiscard]] bool fill(apdu::ByteSpan out) override;

    private:
        hal::Noise& noise_;
        NoiseHealth health_;
        bool has_failed_ = false;
    };

    [[nodiscard]] bool test_at_start();

    TestedNoise noise_;
    keys::RandomGenerator& generator_;
    bool is_started_ = false;
    bool has_failed_ = false;
};

} // namespace terminal
