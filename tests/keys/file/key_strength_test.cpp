#include "keys/file/key_strength.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys::file {
namespace {

bool weak(CipherKind kind, std::string_view hex) {
    return is_weak(CardKey{kind, apdu::bytes(hex)});
}

TEST(KeyStrength, AnOrdinaryKeyIsNotWeak) {
    EXPECT_FALSE(weak(CipherKind::des, "0123456789ABCDEF"));
    EXPECT_FALSE(weak(CipherKind::des3, "0123456789ABCDEFFEDCBA9876543210"));
    EXPECT_FALSE(weak(CipherKind::sm4, "0123456789ABCDEFFEDCBA9876543210"));
}

TEST(KeyStrength, OneByteRepeatedIsWeak) {
    EXPECT_TRUE(weak(CipherKind::des, "4242424242424242"));
    EXPECT_TRUE(weak(CipherKind::des3, "42424242424242424242424242424242"));
    EXPECT_TRUE(weak(CipherKind::sm4, "00000000000000000000000000000000"));
}

TEST(KeyStrength, EqualHalvesAreWeakFor3DesWhateverTheirParity) {
    EXPECT_TRUE(weak(CipherKind::des3, "0123456789ABCDEF0123456789ABCDEF"));
    EXPECT_TRUE(weak(CipherKind::des3, "0123456789ABCDEF0022446688AACCEE"));
    EXPECT_FALSE(weak(CipherKind::sm4, "0123456789ABCDEF0123456789ABCDEF"));
}

TEST(KeyStrength, TheWeakAndSemiWeakDesKeysAreWeakWhateverTheirParity) {
    for (std::string_view const key :
         {"0101010101010101", "FEFEFEFEFEFEFEFE", "E0E0E0E0F1F1F1F1", "1F1F1F1F0E0E0E0E",
          "011F011F010E010E", "1F011F010E010E01", "01E001E001F101F1", "E001E001F101F101",
          "01FE01FE01FE01FE", "FE01FE01FE01FE01", "1FE01FE00EF10EF1", "E01FE01FF10EF10E",
          "1FFE1FFE0EFE0EFE", "FE1FFE1FFE0EFE0E", "E0FEE0FEF1FEF1FE", "FEE0FEE0FEF1FEF1",
          "E1E1E1E1F0F0F0F0"}) {
        EXPECT_TRUE(weak(CipherKind::des, key)) << key;
        EXPECT_TRUE(weak(CipherKind::des3, "0123456789ABCDEF" + std::string{key})) << key;
        EXPECT_TRUE(weak(CipherKind::des3, std::string{key} + "0123456789ABCDEF")) << key;
    }
}

} // namespace
} // namespace keys::file
