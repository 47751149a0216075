#include "keys/mbedtls/mbedtls_random.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace keys {
namespace {

using Bytes = std::vector<std::uint8_t>;

class SeededSource final : public EntropySource {
public:
    explicit SeededSource(unsigned seed) : bits_{seed} {}
    bool fill(apdu::ByteSpan out) override {
        for (std::uint8_t& byte : out) {
            byte = static_cast<std::uint8_t>(bits_());
        }
        given += out.size();
        return works;
    }

    std::size_t given = 0;
    bool works = true;

private:
    std::mt19937 bits_;
};

Bytes first_bytes(unsigned seed, std::size_t size) {
    SeededSource source{seed};
    mbedtls::MbedtlsRandom random;
    EXPECT_TRUE(random.seed(source));
    EXPECT_EQ(source.given, RandomGenerator::seed_size);
    Bytes out(size);
    EXPECT_TRUE(random.fill(out));
    return out;
}

TEST(MbedtlsRandom, ASeedDecidesAllBytes) {
    EXPECT_EQ(first_bytes(1, 3000), first_bytes(1, 3000));
    EXPECT_NE(first_bytes(1, 3000), first_bytes(2, 3000));
}

TEST(MbedtlsRandom, NoBlockComesTwice) {
    SeededSource source{1};
    mbedtls::MbedtlsRandom random;
    ASSERT_TRUE(random.seed(source));
    std::set<Bytes> seen;
    for (int i = 0; i < 1500; ++i) {
        Bytes out(16);
        ASSERT_TRUE(random.fill(out));
        ASSERT_TRUE(seen.insert(out).second);
    }
    EXPECT_EQ(source.given, 2 * RandomGenerator::seed_size); // seeded again after 1000 requests
}

TEST(MbedtlsRandom, WithoutASeedThereAreNoBytes) {
    mbedtls::MbedtlsRandom random;
    Bytes out(16, 0xEE);
    EXPECT_FALSE(random.fill(out));
    EXPECT_EQ(out, Bytes(16));
    SeededSource source{1};
    source.works = false;
    EXPECT_FALSE(random.seed(source));
    EXPECT_FALSE(random.fill(out));
}

TEST(MbedtlsRandom, ASeedThatFailsLaterEndsIt) {
    SeededSource source{1};
    mbedtls::MbedtlsRandom random;
    ASSERT_TRUE(random.seed(source));
    source.works = false;
    Bytes out(16);
    int served = 0;
    while (random.fill(out)) {
        ASSERT_LE(++served, mbedtls::MbedtlsRandom::requests_per_seed);
    }
    source.works = true;
    EXPECT_FALSE(random.fill(out));
    EXPECT_EQ(out, Bytes(16));
}

} // namespace
} // namespace keys
