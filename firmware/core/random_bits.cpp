#include "firmware/core/random_bits.hpp"

#include "keys/secret_bytes.hpp"

#include <array>

namespace terminal {

RandomBits::RandomBits(hal::Noise& noise, keys::RandomGenerator& generator)
    : noise_{noise}, generator_{generator} {}

bool RandomBits::start() {
    has_failed_ = has_failed_ || !test_at_start() || !generator_.seed(noise_);
    is_started_ = true;
    return is_working();
}

bool RandomBits::fill(apdu::ByteSpan out) {
    if (!is_working()) {
        keys::wipe(out);
        return false;
    }
    has_failed_ = !generator_.fill(out);
    if (has_failed_) {
        keys::wipe(out);
    }
    return !has_failed_;
}

/// Samples that are tested and not used.
bool RandomBits::test_at_start() {
    std::array<std::uint8_t, 32> samples{};
    static_assert(NoiseHealth::start_samples % samples.size() == 0);
    for (unsigned i = 0; i < NoiseHealth::start_samples / samples.size(); ++i) {
        if (!noise_.fill(samples)) {
            return false;
        }
    }
    return true;
}

bool RandomBits::TestedNoise::fill(apdu::ByteSpan out) {
    has_failed_ = has_failed_ || !noise_.fill(out);
    for (std::uint8_t const sample : out) {
        has_failed_ = has_failed_ || !health_.take(sample);
    }
    if (has_failed_) {
        keys::wipe(out);
    }
    return !has_failed_;
}

} // namespace terminal
