#pragma once

// The rest of a board without hardware: its chip and its noise.
#include "firmware/hal/noise.hpp"
#include "firmware/hal/system.hpp"

#include "keys/random_generator.hpp"

#include <cstdlib>
#include <random>

namespace terminal {

/// Noise that the health tests take for good.
class GoodNoise final : public hal::Noise {
public:
    bool fill(apdu::ByteSpan out) override {
        for (std::uint8_t& byte : out) {
            byte = static_cast<std::uint8_t>(bits_() & 1U);
        }
        return true;
    }

private:
    std::mt19937 bits_{1};
};

/// Gives the noise as it is.
class PlainGenerator final : public keys::RandomGenerator {
public:
    bool seed(keys::EntropySource& source) override {
        source_ = &source;
        return true;
    }
    bool fill(apdu::ByteSpan out) override { return source_->fill(out); }

private:
    keys::EntropySource* source_ = nullptr;
};

/// A chip that runs, in a case that a test opens.
class TestSystem final : public hal::System {
public:
    std::array<std::uint8_t, 12> chip_number() const override { return {0xC1}; }
    hal::StartReason start_reason() const override { return hal::StartReason::restart; }
    bool is_tampered() override { return is_open; }
    bool clear_tamper() override {
        is_open = false;
        return true;
    }
    void feed_watchdog() override {}
    void idle() override {}
    [[noreturn]] void restart() override { std::abort(); }

    bool is_open = false;
};

} // namespace terminal
