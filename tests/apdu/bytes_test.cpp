#include "apdu/bytes.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

TEST(Bytes, CopiesToTheFrontAndLeavesTheRest) {
    auto to = bytes("00 00 00 00");
    copy_bytes(bytes("12 34"), to);
    EXPECT_EQ(to, bytes("12 34 00 00"));
}

TEST(Bytes, CopyingNothingIsAllowed) {
    auto to = bytes("55");
    copy_bytes({}, to);
    EXPECT_EQ(to, bytes("55"));
}

TEST(BytesDeathTest, CopyingToTooFewBytesIsABug) {
    auto to = bytes("00");
    EXPECT_DEATH(copy_bytes(bytes("12 34"), to), "broken requirement");
}

TEST(Bytes, EqualMeansSameLengthAndContent) {
    EXPECT_TRUE(equal_bytes(bytes("12 34"), bytes("12 34")));
    EXPECT_TRUE(equal_bytes({}, {}));
    EXPECT_FALSE(equal_bytes(bytes("12 34"), bytes("12 35")));
    EXPECT_FALSE(equal_bytes(bytes("12 34"), bytes("12")));
    EXPECT_FALSE(equal_bytes({}, bytes("00")));
}

} // namespace
} // namespace apdu
