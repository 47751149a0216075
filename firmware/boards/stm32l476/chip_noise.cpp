#include "firmware/boards/stm32l476/chip_noise.hpp"

#include "firmware/boards/stm32l476/registers.hpp"

#include <algorithm>

namespace stm32l476 {
namespace {

constexpr std::uint32_t enabled = bit(2);
constexpr std::uint32_t ready = bit(0);
constexpr std::uint32_t is_clock_wrong = bit(1) | bit(5);
constexpr std::uint32_t is_seed_wrong = bit(2) | bit(6);

void start_anew() {
    rng().cr.write(0);
    rng().sr.write(0);
    rng().cr.write(enabled);
}

} // namespace

ChipNoise::ChipNoise() { start_anew(); }

// A number of 0 is what the register holds when an error came between the look and the reading.
std::optional<std::uint32_t> ChipNoise::next() {
    for (unsigned look = 0; look < looks_max; ++look) {
        std::uint32_t const status = rng().sr.read();
        if ((status & (is_clock_wrong | is_seed_wrong)) != 0) {
            return std::nullopt;
        }
        if ((status & ready) != 0) {
            std::uint32_t const number = rng().dr.read();
            return number != 0 ? std::optional{number} : std::nullopt;
        }
    }
    return std::nullopt;
}

bool ChipNoise::fill(apdu::ByteSpan out) {
    while (!out.empty()) {
        auto number = next();
        if (!number) {
            start_anew();
            return false;
        }
        std::size_t const size = std::min(out.size(), sizeof *number);
        for (std::uint8_t& byte : out.first(size)) {
            byte = static_cast<std::uint8_t>(*number);
            *number >>= 8U;
        }
        out = out.subspan(size);
    }
    return true;
}

} // namespace stm32l476
