#include "tests/keys/aes_contract.hpp"

#include "tests/keys/aes_vectors.hpp"

namespace keys {
namespace {

TEST_P(AesContract, EncryptsAndDecryptsTheStandardsKnownAnswers) {
    auto const vectors = apdu::read_vectors("aes.vec");
    ASSERT_FALSE(vectors.empty());
    for (apdu::TestVector const& vector : vectors) {
        AesKey const key = aes_key_at(vector, "Key");
        Bytes blocks = bytes_at(vector, "In");
        ASSERT_TRUE(cipher().encrypt(key, blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "Out"));
        ASSERT_TRUE(cipher().decrypt(key, blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "In"));
    }
}

TEST_P(AesContract, UsesTheKeyOfEachRequestAndNoOtherBefore) {
    AesKey const first = aes_key_of(Bytes(16, 0x11));
    AesKey const second = aes_key_of(Bytes(32, 0x22));
    Bytes by_first(32, 0x5A);
    Bytes by_second = by_first;
    Bytes again = by_first;
    ASSERT_TRUE(cipher().encrypt(first, by_first).ok());
    ASSERT_TRUE(cipher().encrypt(second, by_second).ok());
    ASSERT_TRUE(cipher().encrypt(first, again).ok());
    EXPECT_NE(by_first, by_second);
    EXPECT_EQ(again, by_first);
    ASSERT_TRUE(cipher().decrypt(second, by_second).ok());
    EXPECT_EQ(by_second, Bytes(32, 0x5A));
}

TEST_P(AesContract, NothingIsNoBlockAndWell) {
    AesKey const key = aes_key_of(Bytes(24, 0x33));
    EXPECT_TRUE(cipher().encrypt(key, {}).ok());
    EXPECT_TRUE(cipher().decrypt(key, {}).ok());
}

TEST_P(AesContract, PartOfABlockIsABug) {
    AesKey const key = aes_key_of(Bytes(16, 0x11));
    Bytes half(8);
    EXPECT_DEATH((void)cipher().encrypt(key, half), "requirement");
    EXPECT_DEATH((void)cipher().decrypt(key, half), "requirement");
}

} // namespace
} // namespace keys
