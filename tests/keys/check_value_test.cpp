#include "keys/check_value.hpp"

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

} // namespace
