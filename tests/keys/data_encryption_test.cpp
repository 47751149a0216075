#include "keys/data_encryption.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/failing_cipher.hpp"
#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

constexpr auto encryption_vectors = "card_derivations.vec";

CardKey zero_key() { return CardKey{CipherKind::sm4, Bytes(16)}; }

/// Those plain blocks, encrypted as they are.
Bytes encrypted_blocks(std::string_view hex) {
    openssl::EvpCipher cipher;
    Bytes blocks = apdu::bytes(hex);
    EXPECT_TRUE(cipher.encrypt(zero_key(), blocks).ok());
    return blocks;
}

CipherResult<std::size_t> decrypt(Bytes const& encrypted) {
    openssl::EvpCipher cipher;
    Bytes plain(encrypted.size());
    return decrypt_data(cipher, zero_key(), encrypted, plain);
}

TEST(DataEncryption, GivesTheComputedBytes) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of(encryption_vectors, "encryption")) {
        Bytes const plain = bytes_at(vector, "Plain");
        Bytes encrypted(encrypted_size(kind_from_text(vector.at("Kind")), plain.size()));
        auto const size = encrypt_data(cipher, key_of(vector), plain, encrypted);
        ASSERT_TRUE(size.ok());
        EXPECT_EQ(size.value(), encrypted.size());
        EXPECT_EQ(encrypted, bytes_at(vector, "Out"));
    }
}

TEST(DataEncryption, IsUndoneByTheCard) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of(encryption_vectors, "encryption")) {
        Bytes const encrypted = bytes_at(vector, "Out");
        Bytes plain(encrypted.size());
        auto const size = decrypt_data(cipher, key_of(vector), encrypted, plain);
        ASSERT_TRUE(size.ok());
        plain.resize(size.value());
        EXPECT_EQ(plain, bytes_at(vector, "Plain"));
    }
}

TEST(DataEncryption, PadsOnlyWhatIsNoWholeNumberOfBlocks) {
    EXPECT_EQ(encrypted_size(CipherKind::des, 7), 8U);
    EXPECT_EQ(encrypted_size(CipherKind::des, 8), 16U);
    EXPECT_EQ(encrypted_size(CipherKind::sm4, 15), 16U);
    EXPECT_EQ(encrypted_size(CipherKind::sm4, 16), 32U);
    EXPECT_EQ(encrypted_size(CipherKind::des, 16), 24U); // an 8-byte key to load
    EXPECT_EQ(encrypted_size(CipherKind::des, 24), 32U); // a 16-byte key to load
    EXPECT_EQ(encrypted_size(CipherKind::sm4, 24), 32U);
}

TEST(DataEncryption, RefusesALengthBeyondTheBlocks) {
    Bytes const encrypted = encrypted_blocks("10 000102030405060708090A0B0C0D0E");
    EXPECT_EQ(decrypt(encrypted).error(), CipherError::malformed);
}

TEST(DataEncryption, RefusesABlockTooMany) {
    Bytes const encrypted = encrypted_blocks("03 123456 800000000000000000000000"
                                             "00000000000000000000000000000000");
    EXPECT_EQ(decrypt(encrypted).error(), CipherError::malformed);
}

TEST(DataEncryption, RefusesAnotherPadding) {
    for (std::string_view const padding :
         {"000000000000000000000000", "800000000000000000000001", "808000000000000000000000"}) {
        Bytes const encrypted = encrypted_blocks("03123456" + std::string{padding});
        EXPECT_EQ(decrypt(encrypted).error(), CipherError::malformed) << padding;
    }
}

TEST(DataEncryption, RefusesPartOfABlockAndNothingAtAll) {
    EXPECT_EQ(decrypt(Bytes(15)).error(), CipherError::malformed);
    EXPECT_EQ(decrypt(Bytes{}).error(), CipherError::malformed);
    EXPECT_EQ(decrypt(Bytes(256)).error(), CipherError::malformed);
}

TEST(DataEncryption, FailsWhenItsBackEndFails) {
    openssl::EvpCipher cipher;
    FailingCipher failing{cipher, 0};
    Bytes out(16);
    EXPECT_EQ(encrypt_data(failing, zero_key(), Bytes(3), out).error(),
              CipherError::back_end_failed);
    EXPECT_EQ(decrypt_data(failing, zero_key(), Bytes(16), out).error(),
              CipherError::back_end_failed);
}

} // namespace
} // namespace keys
