#pragma once

#include <cstdint>

namespace terminal {

/// The continuous health tests of a source of bytes with at least one bit of entropy each: a good
/// one fails a test once in 2^20 samples. NIST SP 800-90B §4.4.
class NoiseHealth {
public:
    /// Of the repetition count test: 1 + 20 bits / 1 bit a sample. §4.4.1.
    static constexpr unsigned repetitions_cutoff = 21;
    /// Of the adaptive proportion test: the window, and how often its first byte comes there at
    /// least once in 2^20 windows, by chance, plus one. §4.4.2.
    static constexpr unsigned window = 512;
    static constexpr unsigned proportion_cutoff = 311;
    /// Samples that must be well before the first is used. §4.3, requirement 9.
    static constexpr unsigned start_samples = 1024;

    /// Takes the next byte of the source. False: a test failed, now or before.
    bool take(std::uint8_t sample);

private:
    bool is_well_ = true;
    bool has_last_ = false;
    std::uint8_t last_ = 0;
    unsigned repetitions_ = 0;
    unsigned in_window_ = 0; ///< samples of this window so far
    std::uint8_t first_ = 0; ///< of the window
    unsigned first_count_ = 0;
};

} // namespace terminal
