#include "keys/session_key.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(SessionKey, IsTheRandomNumberEncryptedByTheCardsKey) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of("card_derivations.vec", "session key")) {
        auto const session = session_key(cipher, key_of(vector), bytes_at(vector, "Random"));
        ASSERT_TRUE(session.ok());
        EXPECT_EQ(apdu::copy_of(session.value().expose()), bytes_at(vector, "Out"));
    }
}

TEST(SessionKey, IsADesKeyOnA3DesCardAndAnSm4KeyOnAnSm4Card) {
    openssl::EvpCipher cipher;
    Bytes const random(8);
    auto const of = [&](CipherKind kind) {
        return session_key(cipher, CardKey{kind, Bytes(key_size(kind))}, random).value().kind();
    };
    EXPECT_EQ(of(CipherKind::des), CipherKind::des);
    EXPECT_EQ(of(CipherKind::des3), CipherKind::des);
    EXPECT_EQ(of(CipherKind::sm4), CipherKind::sm4);
}

TEST(SessionKeyDeathTest, ARandomNumberOfAnotherSizeIsABug) {
    openssl::EvpCipher cipher;
    CardKey const key{CipherKind::des3, Bytes(16)};
    EXPECT_DEATH((void)session_key(cipher, key, Bytes(5)), "requirement");
    EXPECT_DEATH((void)session_key(cipher, key, Bytes(16)), "requirement");
}

} // namespace
} // namespace keys
