#include "firmware/core/random_bits.hpp"

#include "keys/mbedtls/mbedtls_random.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <vector>

namespace terminal {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// Noise of bytes that are 0 or 1; `disturb` changes what it gives.
class SimulatedNoise final : public hal::Noise {
public:
    bool fill(apdu::ByteSpan out) override {
        for (std::uint8_t& byte : out) {
            byte = disturb(given++, static_cast<std::uint8_t>(bits_() & 1U));
        }
        return works;
    }

    std::function<std::uint8_t(std::size_t, std::uint8_t)> disturb =
        [](std::size_t, std::uint8_t byte) { return byte; };
    bool works = true;
    std::size_t given = 0;

private:
    std::mt19937 bits_{1};
};

/// Takes one byte of the source at each request.
class CountingGenerator final : public keys::RandomGenerator {
public:
    bool seed(keys::EntropySource& source) override {
        source_ = &source;
        return works;
    }
    bool fill(apdu::ByteSpan out) override { return works && source_->fill(out.first(1)); }

    bool works = true;

private:
    keys::EntropySource* source_ = nullptr;
};

TEST(NoiseHealth, TwentyEqualBytesAreWellAndTwentyOneAreNot) {
    NoiseHealth health;
    for (unsigned i = 1; i < NoiseHealth::repetitions_cutoff; ++i) {
        EXPECT_TRUE(health.take(7));
    }
    EXPECT_TRUE(health.take(8));
    for (unsigned i = 1; i < NoiseHealth::repetitions_cutoff; ++i) {
        EXPECT_TRUE(health.take(7));
    }
    EXPECT_FALSE(health.take(7));
    EXPECT_FALSE(health.take(8));
}

TEST(NoiseHealth, AWindowMayHave310OfItsFirstByteAndNot311) {
    for (unsigned const count : {310U, 311U}) {
        NoiseHealth health;
        bool is_well = true;
        for (unsigned i = 0; i < NoiseHealth::window; ++i) {
            // The first byte first, then with others between, so that none repeats for long.
            bool const is_first =
                i == 0 || i * count / NoiseHealth::window != (i - 1) * count / NoiseHealth::window;
            is_well = health.take(is_first ? 1 : static_cast<std::uint8_t>(2 + i % 7));
        }
        EXPECT_EQ(is_well, count == 310) << count;
    }
}

TEST(NoiseHealth, AWindowForgetsTheOneBefore) {
    NoiseHealth health;
    for (unsigned i = 0; i < 8 * NoiseHealth::window; ++i) {
        ASSERT_TRUE(health.take(i % 5 < 3 ? 1 : 2)); // 308 a window
    }
}

TEST(RandomBits, NothingComesBeforeTheStart) {
    SimulatedNoise noise;
    keys::mbedtls::MbedtlsRandom generator;
    RandomBits random{noise, generator};
    Bytes out(8, 0xEE);
    EXPECT_FALSE(random.fill(out));
    EXPECT_EQ(out, Bytes(8));
    ASSERT_TRUE(random.start());
    EXPECT_TRUE(random.fill(out));
    EXPECT_NE(out, Bytes(8));
}

TEST(RandomBits, TheStartTests1024BytesThatTheSeedDoesNotHave) {
    SimulatedNoise noise;
    CountingGenerator generator;
    RandomBits random{noise, generator};
    ASSERT_TRUE(random.start());
    EXPECT_EQ(noise.given, NoiseHealth::start_samples);
}

TEST(RandomBits, AStuckSourceFailsAtTheStart) {
    for (std::size_t const from : {0U, 500U, 1003U}) {
        SimulatedNoise noise;
        noise.disturb = [from](std::size_t index, std::uint8_t byte) {
            return index >= from ? std::uint8_t{1} : byte;
        };
        keys::mbedtls::MbedtlsRandom generator;
        RandomBits random{noise, generator};
        EXPECT_FALSE(random.start()) << from;
        EXPECT_FALSE(random.is_working());
    }
}

TEST(RandomBits, ASourceThatSticksLaterFailsForGood) {
    SimulatedNoise noise;
    bool is_stuck = false;
    noise.disturb = [&](std::size_t, std::uint8_t byte) {
        return is_stuck ? std::uint8_t{1} : byte;
    };
    CountingGenerator generator;
    RandomBits random{noise, generator};
    ASSERT_TRUE(random.start());
    Bytes out(4);
    is_stuck = true;
    unsigned served = 0;
    while (random.fill(out)) {
        ASSERT_LT(++served, NoiseHealth::repetitions_cutoff);
    }
    is_stuck = false;
    EXPECT_FALSE(random.fill(out));
    EXPECT_FALSE(random.start());
    EXPECT_FALSE(random.is_working());
}

TEST(RandomBits, AFailureOfSourceOrGeneratorIsForGood) {
    SimulatedNoise noise;
    CountingGenerator generator;
    RandomBits absent{noise, generator};
    noise.works = false;
    EXPECT_FALSE(absent.start());
    noise.works = true;
    EXPECT_FALSE(absent.start());

    RandomBits random{noise, generator};
    ASSERT_TRUE(random.start());
    generator.works = false;
    Bytes out(4, 0xEE);
    EXPECT_FALSE(random.fill(out));
    EXPECT_EQ(out, Bytes(4));
    generator.works = true;
    EXPECT_FALSE(random.fill(out));
}

} // namespace
} // namespace terminal
