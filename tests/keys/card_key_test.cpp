#include "keys/card_key.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(CipherKind, FollowsFromTheCardsAlgorithmAndTheKeysSize) {
    EXPECT_EQ(cipher_kind(Algorithm::des3, 8), CipherKind::des);
    EXPECT_EQ(cipher_kind(Algorithm::des3, 16), CipherKind::des3);
    EXPECT_EQ(cipher_kind(Algorithm::sm4, 16), CipherKind::sm4);
}

TEST(CipherKind, DoesNotExistForOtherSizesOrForSsf33) {
    EXPECT_FALSE(cipher_kind(Algorithm::des3, 24));
    EXPECT_FALSE(cipher_kind(Algorithm::sm4, 8));
    EXPECT_FALSE(cipher_kind(Algorithm::ssf33, 16));
    EXPECT_FALSE(cipher_kind(Algorithm::des3, 0));
}

TEST(CardKey, InsideATokenHasANumberAndNoBytes) {
    CardKey const key{CipherKind::des3, TokenObject{7}};
    EXPECT_EQ(key.token_object(), TokenObject{7});
    EXPECT_EQ(key.size(), 16U);
    EXPECT_EQ(key.duplicate().token_object(), TokenObject{7});
    EXPECT_DEATH(static_cast<void>(key.expose()), "");
    EXPECT_DEATH(static_cast<void>(key.expose_whole()), "");
    EXPECT_DEATH((CardKey{CipherKind::sm4, TokenObject{0}}), "");
}

TEST(CardKey, KeepsItsBytes) {
    Bytes const bytes = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    CardKey const key{CipherKind::des3, bytes};
    EXPECT_EQ(apdu::copy_of(key.expose()), bytes);
    EXPECT_EQ(apdu::copy_of(key.expose_whole()), bytes);
    EXPECT_EQ(key.size(), 16U);
    EXPECT_FALSE(key.token_object());
    EXPECT_EQ(apdu::copy_of(key.duplicate().expose()), bytes);
}

TEST(CardKey, GivesADesKeyTwiceToATwoKeyCipher) {
    CardKey const key{CipherKind::des, apdu::bytes("0011223344556677")};
    EXPECT_EQ(key.size(), 8U);
    EXPECT_EQ(apdu::copy_of(key.expose()), apdu::bytes("0011223344556677"));
    EXPECT_EQ(apdu::copy_of(key.expose_whole()), apdu::bytes("00112233445566770011223344556677"));
}

TEST(CardKeyDeathTest, AnotherSizeThanItsKindsIsABug) {
    Bytes const bytes(8);
    EXPECT_DEATH((CardKey{CipherKind::des3, bytes}), "requirement");
    EXPECT_DEATH((CardKey{CipherKind::sm4, bytes}), "requirement");
}

} // namespace
} // namespace keys
