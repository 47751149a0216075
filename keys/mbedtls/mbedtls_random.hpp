#pragma once

#include "keys/random_generator.hpp"

#include <mbedtls/ctr_drbg.h>

namespace keys::mbedtls {

/// CTR_DRBG over AES-256 with a derivation function, of mbedTLS 2.28: no heap. About 400 bytes,
/// and mbedTLS overwrites them when it goes. SP 800-90A §10.2.1.
class MbedtlsRandom final : public RandomGenerator {
public:
    /// After as many it is seeded again.
    static constexpr int requests_per_seed = 1000;

    MbedtlsRandom();
    ~MbedtlsRandom() override;

    [[nodiscard]] bool seed(EntropySource& source) override;
    [[nodiscard]] bool fill(apdu::ByteSpan out) override;

private:
    mbedtls_ctr_drbg_context context_{};
    bool is_seeded_ = false;
};

} // namespace keys::mbedtls
