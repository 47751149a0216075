#include "tests/keys/aes_vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

static_assert(!std::is_copy_constructible_v<AesKey> && std::is_move_constructible_v<AesKey>);

TEST(AesKey, Has16Or24Or32Bytes) {
    EXPECT_EQ(aes_size_of(16), AesSize::aes128);
    EXPECT_EQ(aes_size_of(24), AesSize::aes192);
    EXPECT_EQ(aes_size_of(32), AesSize::aes256);
    for (std::size_t const bytes : {0U, 8U, 15U, 17U, 31U, 33U}) {
        EXPECT_FALSE(aes_size_of(bytes));
    }
    EXPECT_EQ(aes_key_of(Bytes(24)).size(), 24U);
}

TEST(AesKey, OfAnotherSizeThanSaidIsABug) {
    EXPECT_DEATH((void)AesKey(AesSize::aes128, Bytes(32)), "requirement");
}

} // namespace
} // namespace keys
