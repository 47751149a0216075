#pragma once

#include "apdu/bytes.hpp"

namespace keys {

/// Where a generator gets its seed from.
class EntropySource {
public:
    EntropySource() = default;
    EntropySource(EntropySource const&) = delete;
    EntropySource& operator=(EntropySource const&) = delete;
    virtual ~EntropySource() = default;

    /// Fills `out` with bytes of at least one bit of entropy each. False: it failed.
    [[nodiscard]] virtual bool fill(apdu::ByteSpan out) = 0;
};

/// A deterministic random bit generator with a security strength of 256 bits. NIST SP 800-90A.
class RandomGenerator {
public:
    /// Bytes of a source of one bit each that a seed takes: 256 bits, and a nonce of half as many.
    /// SP 800-90A §8.6.
    static constexpr std::size_t seed_size = 384;

    RandomGenerator() = default;
    RandomGenerator(RandomGenerator const&) = delete;
    RandomGenerator& operator=(RandomGenerator const&) = delete;
    virtual ~RandomGenerator() = default;

    /// Starts it with seed_size bytes of `source`, which must outlive it: it is asked again from
    /// time to time. False: it failed.
    [[nodiscard]] virtual bool seed(EntropySource& source) = 0;
    /// Random bytes. False: not seeded, or it failed, and nothing in `out` is to be used.
    [[nodiscard]] virtual bool fill(apdu::ByteSpan out) = 0;
};

} // namespace keys
