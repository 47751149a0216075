#include "keys/mbedtls/mbedtls_random.hpp"

#include <gtest/gtest.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <memory>
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

using OpensslRandom = std::unique_ptr<EVP_RAND_CTX, decltype(&EVP_RAND_CTX_free)>;

OpensslRandom openssl_random(char const* name, EVP_RAND_CTX* parent) {
    std::unique_ptr<EVP_RAND, decltype(&EVP_RAND_free)> const kind{
        EVP_RAND_fetch(nullptr, name, nullptr), EVP_RAND_free};
    return {EVP_RAND_CTX_new(kind.get(), parent), EVP_RAND_CTX_free};
}

TEST(MbedtlsRandom, GivesWhatOpensslGivesForTheSameSeed) {
    constexpr std::size_t nonce_size = 16;
    SeededSource source{1};
    Bytes seed(RandomGenerator::seed_size);
    ASSERT_TRUE(source.fill(seed));
    unsigned strength = 256;
    std::uint8_t* const nonce = seed.data() + seed.size() - nonce_size;
    std::array const seeding{
        OSSL_PARAM_construct_uint(OSSL_RAND_PARAM_STRENGTH, &strength),
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_ENTROPY, seed.data(),
                                          seed.size() - nonce_size),
        OSSL_PARAM_construct_octet_string(OSSL_RAND_PARAM_TEST_NONCE, nonce, nonce_size),
        OSSL_PARAM_construct_end()};
    std::string cipher = "AES-256-CTR";
    int use_derivation = 1;
    std::array const settings{
        OSSL_PARAM_construct_utf8_string(OSSL_DRBG_PARAM_CIPHER, cipher.data(), 0),
        OSSL_PARAM_construct_int(OSSL_DRBG_PARAM_USE_DF, &use_derivation),
        OSSL_PARAM_construct_end()};
    auto const parent = openssl_random("TEST-RAND", nullptr);
    auto const other = openssl_random("CTR-DRBG", parent.get());
    std::uint8_t const none = 0;
    ASSERT_EQ(EVP_RAND_CTX_set_params(parent.get(), seeding.data()), 1);
    ASSERT_EQ(EVP_RAND_instantiate(parent.get(), strength, 0, nullptr, 0, nullptr), 1);
    ASSERT_EQ(EVP_RAND_instantiate(other.get(), strength, 0, &none, 0, settings.data()), 1);
    SeededSource again{1};
    mbedtls::MbedtlsRandom random;
    ASSERT_TRUE(random.seed(again));
    for (std::size_t const size : {16U, 1000U, 1U}) {
        Bytes out(size);
        Bytes expected(size);
        ASSERT_TRUE(random.fill(out));
        ASSERT_EQ(EVP_RAND_generate(other.get(), expected.data(), size, strength, 0, nullptr, 0),
                  1);
        EXPECT_EQ(out, expected);
    }
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
