#include "firmware/core/noise_health.hpp"

namespace terminal {

bool NoiseHealth::take(std::uint8_t sample) {
    repetitions_ = has_last_ && sample == last_ ? repetitions_ + 1 : 1;
    has_last_ = true;
    last_ = sample;
    if (in_window_ == 0) {
        first_ = sample;
        first_count_ = 0;
    }
    first_count_ += sample == first_ ? 1 : 0;
    in_window_ = (in_window_ + 1) % window;
    is_well_ = is_well_ && repetitions_ < repetitions_cutoff && first_count_ < proportion_cutoff;
    return is_well_;
}

} // namespace terminal
