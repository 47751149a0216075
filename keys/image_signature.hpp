#pragma once

#include "apdu/bytes.hpp"

#include <array>

namespace keys {

/// A digest by SHA-256. FIPS 180-4.
using Sha256Digest = std::array<std::uint8_t, 32>;
/// A point of P-256: x and y, each of 32 bytes with the high one first.
using ImagePublicKey = std::array<std::uint8_t, 64>;
/// r and s, each of 32 bytes with the high one first.
using ImageSignatureBytes = std::array<std::uint8_t, 64>;

/// What a back end must know to check images: SHA-256, and ECDSA over P-256. FIPS 186-5 §6.4. No
/// secret is in it. One digest at a time.
class ImageSignature {
public:
    ImageSignature() = default;
    ImageSignature(ImageSignature const&) = delete;
    ImageSignature& operator=(ImageSignature const&) = delete;
    virtual ~ImageSignature() = default;

    /// Begins a digest; one that was begun is forgotten.
    virtual void begin_digest() = 0;
    /// The next bytes. require: begun.
    virtual void add_to_digest(apdu::ByteView bytes) = 0;
    /// Ends it. Where the back end failed, it is of no bytes that anybody has: zeros. require:
    /// begun.
    [[nodiscard]] virtual Sha256Digest end_digest() = 0;

    /// True where the key's owner signed that digest; false too where `key` is no point of the
    /// curve, or the back end failed.
    [[nodiscard]] virtual bool is_signed(ImagePublicKey const& key, Sha256Digest const& digest,
                                         ImageSignatureBytes const& signature) = 0;
};

} // namespace keys
