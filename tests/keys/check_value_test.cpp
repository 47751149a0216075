#include "keys/check_value.hpp"

#include "keys/openssl/evp_aes.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include <gtest/gtest.h>

namespace {

using keys::CardKey;
using keys::CheckValue;
using keys::CipherKind;

CheckValue of(CipherKind kind, std::vector<std::uint8_t> const& bytes) {
    keys::openssl::EvpCipher cipher;
    return keys::check_value_of(cipher, CardKey{kind, bytes}).value();
}

// openssl enc -e -nopad over a block of zeros, with -des-ecb (legacy), -des-ede, -sm4-ecb.
TEST(CheckValue, IsTheStartOfAnEncryptedBlockOfZeros) {
    std::vector<std::uint8_t> const key{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF,
                                        0xFE, 0xDC, 0xBA, 0x98, 0x76, 0x54, 0x32, 0x10};
    EXPECT_EQ(of(CipherKind::des, {key.begin(), key.begin() + 8}), (CheckValue{0xD5, 0xD4, 0x4F}));
    EXPECT_EQ(of(CipherKind::des3, key), (CheckValue{0x08, 0xD7, 0xB4}));
    EXPECT_EQ(of(CipherKind::sm4, key), (CheckValue{0x26, 0x77, 0xF4}));
}

// openssl mac -cipher AES-128-CBC (AES-256-CBC) CMAC over a block of zeros, with the example keys
// of NIST SP 800-38B.
TEST(CheckValue, OfAnAesKeyIsTheStartOfACmacOfZeros) {
    keys::openssl::EvpAes cipher;
    std::vector<std::uint8_t> const short_key{0x2B, 0x7E, 0x15, 0x16, 0x28, 0xAE, 0xD2, 0xA6,
                                              0xAB, 0xF7, 0x15, 0x88, 0x09, 0xCF, 0x4F, 0x3C};
    std::vector<std::uint8_t> const long_key{0x60, 0x3D, 0xEB, 0x10, 0x15, 0xCA, 0x71, 0xBE,
                                             0x2B, 0x73, 0xAE, 0xF0, 0x85, 0x7D, 0x77, 0x81,
                                             0x1F, 0x35, 0x2C, 0x07, 0x3B, 0x61, 0x08, 0xD7,
                                             0x2D, 0x98, 0x10, 0xA3, 0x09, 0x14, 0xDF, 0xF4};
    EXPECT_EQ(keys::check_value_of(cipher, keys::AesKey{keys::AesSize::aes128, short_key}).value(),
              (CheckValue{0x7A, 0xD3, 0x86}));
    EXPECT_EQ(keys::check_value_of(cipher, keys::AesKey{keys::AesSize::aes256, long_key}).value(),
              (CheckValue{0x1A, 0x0B, 0x2D}));
}

} // namespace
