#include "keys/mac.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/failing_cipher.hpp"
#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(Mac, OfDesAnd3DesKeysIsTheStandardsKnownAnswer) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : apdu::read_vectors("mac.vec")) {
        auto const code = mac(cipher, key_of(vector), bytes_at(vector, "Message"));
        ASSERT_TRUE(code.ok());
        EXPECT_EQ(apdu::copy_of(code.value()), bytes_at(vector, "Out"));
    }
}

TEST(Mac, OfEveryKindLengthAndInitialValueIsTheComputedOne) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of("card_derivations.vec", "mac")) {
        auto const code =
            mac(cipher, key_of(vector), bytes_at(vector, "Message"), bytes_at(vector, "Initial"));
        ASSERT_TRUE(code.ok());
        EXPECT_EQ(apdu::copy_of(code.value()), bytes_at(vector, "Out"));
    }
}

TEST(Mac, FailsWhereverItsBackEndFails) {
    openssl::EvpCipher cipher;
    CardKey const key{CipherKind::des3, Bytes(16)};
    for (unsigned works = 0; works < 2; ++works) {
        FailingCipher failing{cipher, works};
        EXPECT_EQ(mac(failing, key, Bytes(20)).error(), CipherError::back_end_failed);
    }
}

} // namespace
} // namespace keys
