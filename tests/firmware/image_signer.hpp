#pragma once

#include "apdu/ccid/image_header.hpp"
#include "keys/image_signature.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace terminal {

/// Who signs images: a key of P-256, and OpenSSL.
class ImageSigner {
public:
    /// With a key that is made anew.
    ImageSigner() : key_{EVP_EC_gen("P-256"), EVP_PKEY_free} {}
    /// With the private key of a PEM file.
    explicit ImageSigner(std::string const& pem_file) : key_{nullptr, EVP_PKEY_free} {
        std::unique_ptr<BIO, decltype(&BIO_free)> file{BIO_new_file(pem_file.c_str(), "r"),
                                                       BIO_free};
        expect(file != nullptr);
        key_.reset(PEM_read_bio_PrivateKey(file.get(), nullptr, nullptr, nullptr));
        expect(key_ != nullptr);
    }

    keys::ImagePublicKey public_key() const {
        std::array<std::uint8_t, 65> encoded{};
        std::size_t size = 0;
        expect(EVP_PKEY_get_octet_string_param(key_.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded.data(),
                                               encoded.size(), &size) == 1 &&
               size == encoded.size() && encoded[0] == 0x04);
        keys::ImagePublicKey key{};
        apdu::copy_bytes(apdu::ByteView{encoded}.subspan(1), key);
        return key;
    }

    /// Over the bytes' SHA-256.
    keys::ImageSignatureBytes sign(apdu::ByteView bytes) const {
        std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free};
        std::vector<std::uint8_t> der(80);
        std::size_t size = der.size();
        expect(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
               EVP_DigestSign(context.get(), der.data(), &size, bytes.data(), bytes.size()) == 1);
        std::uint8_t const* at = der.data();
        std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> signature{
            d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)), ECDSA_SIG_free};
        keys::ImageSignatureBytes raw{};
        expect(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), 32) == 32 &&
               BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + 32, 32) == 32);
        return raw;
    }

    /// A signed header of that image.
    apdu::ccid::ImageHeader header(apdu::ByteView image, std::uint32_t board, std::uint32_t version,
                                   std::uint8_t slot) const {
        apdu::ccid::ImageHeader header{board, version, static_cast<std::uint32_t>(image.size()),
                                       slot,  {},      {}};
        SHA256(image.data(), image.size(), header.digest.data());
        header.signature = sign(apdu::ByteView{apdu::ccid::write_image_header(header)}.first(
            apdu::ccid::image_signed_size));
        return header;
    }

private:
    static void expect(bool holds) {
        if (!holds) {
            throw std::runtime_error{"OpenSSL failed"};
        }
    }

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key_;
};

} // namespace terminal
