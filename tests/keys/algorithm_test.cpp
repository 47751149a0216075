#include "keys/algorithm.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(Algorithm, IsSpelledAsTheFieldSpellsIt) {
    EXPECT_EQ(to_text(Algorithm::des3), "3DES");
    EXPECT_EQ(to_text(Algorithm::ssf33), "SSF33");
    EXPECT_EQ(to_text(Algorithm::sm4), "SM4");
}

TEST(Algorithm, SpellingLeadsBackToIt) {
    for (Algorithm const algorithm : {Algorithm::des3, Algorithm::ssf33, Algorithm::sm4}) {
        EXPECT_EQ(algorithm_from_text(to_text(algorithm)), algorithm);
    }
    EXPECT_FALSE(algorithm_from_text("AES"));
    EXPECT_FALSE(algorithm_from_text(""));
}

TEST(Algorithm, ValuesAreThoseOfTheFci) {
    EXPECT_EQ(static_cast<int>(Algorithm::des3), 0x01);
    EXPECT_EQ(static_cast<int>(Algorithm::ssf33), 0x02);
    EXPECT_EQ(static_cast<int>(Algorithm::sm4), 0x03);
}

TEST(Algorithm, BlocksAre8BytesOn3DesAnd16Elsewhere) {
    EXPECT_EQ(block_size(Algorithm::des3), 8);
    EXPECT_EQ(block_size(Algorithm::ssf33), 16);
    EXPECT_EQ(block_size(Algorithm::sm4), 16);
}

} // namespace
} // namespace keys
