#include "keys/mbedtls/mbedtls_random.hpp"

#include "keys/secret_bytes.hpp"

#include <algorithm>

namespace keys::mbedtls {
namespace {

static_assert(RandomGenerator::seed_size <= MBEDTLS_CTR_DRBG_MAX_SEED_INPUT);
static_assert(MBEDTLS_CTR_DRBG_KEYSIZE == 32, "AES-256");

/// What mbedTLS calls for a seed.
int ask_source(void* source, unsigned char* out, std::size_t size) {
    return static_cast<EntropySource*>(source)->fill({out, size})
               ? 0
               : MBEDTLS_ERR_CTR_DRBG_ENTROPY_SOURCE_FAILED;
}

} // namespace

MbedtlsRandom::MbedtlsRandom() { mbedtls_ctr_drbg_init(&context_); }

MbedtlsRandom::~MbedtlsRandom() { mbedtls_ctr_drbg_free(&context_); }

bool MbedtlsRandom::seed(EntropySource& source) {
    mbedtls_ctr_drbg_free(&context_);
    mbedtls_ctr_drbg_init(&context_);
    mbedtls_ctr_drbg_set_entropy_len(&context_, seed_size);
    // The nonce is a part of those bytes.
    is_seeded_ = mbedtls_ctr_drbg_set_nonce_len(&context_, 0) == 0 &&
                 mbedtls_ctr_drbg_seed(&context_, ask_source, &source, nullptr, 0) == 0;
    mbedtls_ctr_drbg_set_reseed_interval(&context_, requests_per_seed);
    return is_seeded_;
}

bool MbedtlsRandom::fill(apdu::ByteSpan out) {
    for (apdu::ByteSpan rest = out; is_seeded_ && !rest.empty();) {
        std::size_t const size = std::min<std::size_t>(rest.size(), MBEDTLS_CTR_DRBG_MAX_REQUEST);
        is_seeded_ = mbedtls_ctr_drbg_random(&context_, rest.data(), size) == 0;
        rest = rest.subspan(size);
    }
    if (!is_seeded_) {
        wipe(out);
    }
    return is_seeded_;
}

} // namespace keys::mbedtls
