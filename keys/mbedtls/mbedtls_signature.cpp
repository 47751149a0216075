#include "keys/mbedtls/mbedtls_signature.hpp"

#include <mbedtls/ecdsa.h>

#include <algorithm>

namespace keys::mbedtls {
namespace {

constexpr std::size_t number_size = 32;

/// A number of mbedTLS, which frees it.
class Number {
public:
    Number() { mbedtls_mpi_init(&number_); }
    Number(Number const&) = delete;
    Number& operator=(Number const&) = delete;
    ~Number() { mbedtls_mpi_free(&number_); }

    bool read(apdu::ByteView bytes) {
        return mbedtls_mpi_read_binary(&number_, bytes.data(), bytes.size()) == 0;
    }
    mbedtls_mpi const* get() const { return &number_; }

private:
    mbedtls_mpi number_{};
};

/// P-256 and a point of it.
class PointOfCurve {
public:
    PointOfCurve() {
        mbedtls_ecp_group_init(&group_);
        mbedtls_ecp_point_init(&point_);
    }
    PointOfCurve(PointOfCurve const&) = delete;
    PointOfCurve& operator=(PointOfCurve const&) = delete;
    ~PointOfCurve() {
        mbedtls_ecp_point_free(&point_);
        mbedtls_ecp_group_free(&group_);
    }

    /// False: it is none of the curve, or mbedTLS failed.
    bool read(ImagePublicKey const& key) {
        std::array<std::uint8_t, 1 + std::tuple_size_v<ImagePublicKey>> encoded{0x04};
        std::copy(key.begin(), key.end(), encoded.begin() + 1);
        return mbedtls_ecp_group_load(&group_, MBEDTLS_ECP_DP_SECP256R1) == 0 &&
               mbedtls_ecp_point_read_binary(&group_, &point_, encoded.data(), encoded.size()) ==
                   0 &&
               mbedtls_ecp_check_pubkey(&group_, &point_) == 0;
    }

    bool has_signed(Sha256Digest const& digest, Number const& r, Number const& s) {
        return mbedtls_ecdsa_verify(&group_, digest.data(), digest.size(), &point_, r.get(),
                                    s.get()) == 0;
    }

private:
    mbedtls_ecp_group group_{};
    mbedtls_ecp_point point_{};
};

} // namespace

MbedtlsSignature::MbedtlsSignature() { mbedtls_sha256_init(&context_); }

MbedtlsSignature::~MbedtlsSignature() { mbedtls_sha256_free(&context_); }

void MbedtlsSignature::begin_digest() {
    is_begun_ = true;
    is_well_ = mbedtls_sha256_starts_ret(&context_, 0) == 0;
}

void MbedtlsSignature::add_to_digest(apdu::ByteView bytes) {
    apdu::require(is_begun_);
    is_well_ = is_well_ && mbedtls_sha256_update_ret(&context_, bytes.data(), bytes.size()) == 0;
}

Sha256Digest MbedtlsSignature::end_digest() {
    apdu::require(is_begun_);
    is_begun_ = false;
    Sha256Digest digest{};
    if (!is_well_ || mbedtls_sha256_finish_ret(&context_, digest.data()) != 0) {
        return {};
    }
    return digest;
}

bool MbedtlsSignature::is_signed(ImagePublicKey const& key, Sha256Digest const& digest,
                                 ImageSignatureBytes const& signature) {
    apdu::ByteView const bytes{signature};
    PointOfCurve owner;
    Number r;
    Number s;
    return owner.read(key) && r.read(bytes.first(number_size)) && s.read(bytes.last(number_size)) &&
           owner.has_signed(digest, r, s);
}

} // namespace keys::mbedtls
