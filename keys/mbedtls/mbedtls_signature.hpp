#pragma once

#include "keys/image_signature.hpp"

#include <mbedtls/sha256.h>

namespace keys::mbedtls {

/// SHA-256 and ECDSA of mbedTLS 2.28. Its big numbers come from mbedtls_calloc(): a terminal
/// without a heap gives mbedTLS a pool of its own (MBEDTLS_MEMORY_BUFFER_ALLOC_C); nothing stays in
/// it.
class MbedtlsSignature final : public ImageSignature {
public:
    MbedtlsSignature();
    ~MbedtlsSignature() override;

    void begin_digest() override;
    void add_to_digest(apdu::ByteView bytes) override;
    [[nodiscard]] Sha256Digest end_digest() override;
    [[nodiscard]] bool is_signed(ImagePublicKey const& key, Sha256Digest const& digest,
                                 ImageSignatureBytes const& signature) override;

private:
    mbedtls_sha256_context context_{};
    bool is_begun_ = false;
    bool is_well_ = false;
};

} // namespace keys::mbedtls
