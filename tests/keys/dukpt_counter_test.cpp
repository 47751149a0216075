#include "keys/dukpt.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(TransactionCounter, HasOneToSixteenOneBits) {
    EXPECT_FALSE(is_transaction_counter(0));
    EXPECT_TRUE(is_transaction_counter(1));
    EXPECT_TRUE(is_transaction_counter(0x0000FFFF));
    EXPECT_FALSE(is_transaction_counter(0x0001FFFF));
    EXPECT_TRUE(is_transaction_counter(0xFFFF0000));
    EXPECT_FALSE(is_transaction_counter(0xFFFFFFFF));
}

TEST(TransactionCounter, SkipsThoseWithMoreOneBits) {
    EXPECT_EQ(next_transaction_counter(1), 2U);
    EXPECT_EQ(next_transaction_counter(0x0001FFFD), 0x0001FFFEU);
    EXPECT_EQ(next_transaction_counter(0x0001FFFE), 0x00020000U);
    EXPECT_EQ(next_transaction_counter(0xFFFE2000), 0xFFFE4000U);
    EXPECT_EQ(next_transaction_counter(0xFFFE8000), 0xFFFF0000U);
}

TEST(TransactionCounter, NeverSkipsOneThatATerminalMayUse) {
    std::uint32_t next = 1;
    for (std::uint32_t counter = 1; counter < 0x00080000; ++counter) {
        if (is_transaction_counter(counter)) {
            ASSERT_EQ(counter, next);
            next = next_transaction_counter(counter);
        }
    }
}

TEST(TransactionCounter, EndsAfterTheSixteenHighestBits) {
    EXPECT_EQ(next_transaction_counter(0xFFFF0000), 0U);
    EXPECT_DEATH((void)next_transaction_counter(0), "requirement");
    EXPECT_DEATH((void)next_transaction_counter(0x0001FFFF), "requirement");
}

} // namespace
} // namespace keys
