#include "host/store/key_set.hpp"

#include <gtest/gtest.h>

namespace store {
namespace {

TEST(AKeyMark, IsNameVersionAndCheckValue) {
    KeyMark const mark{apdu::KeyName::uk_ssse, 2, "0514AC"};
    EXPECT_EQ(to_text(mark), "UKSSSE/2/0514AC");
    EXPECT_EQ(key_mark_from_text("UKSSSE/2/0514AC"), mark);
}

TEST(AKeyMark, IsNothingElse) {
    for (auto const* const text :
         {"", "/", "UKSSSE", "UKSSSE/2", "UKSSSE/2/", "UKSSSE/0/0514AC", "UKSSSE/4/0514AC",
          "UKSSSE/2/0514A", "UKSSSE/2/0514ACC", "UKSSSE/2/0514ac", "UKSSSE/2 0514AC",
          "NOKEY/2/0514AC", "UKSSSE/22/0514AC", "/2/0514AC", "UKSSSE/2/0514AC "}) {
        EXPECT_FALSE(key_mark_from_text(text)) << text;
    }
}

TEST(AKeySet, IsMarksWithABlankBetween) {
    KeySet const keys{{apdu::KeyName::irk, 1, "ABCDEF"}, {apdu::KeyName::irk, 2, "012345"}};
    EXPECT_EQ(to_text(keys), "IRK/1/ABCDEF IRK/2/012345");
    EXPECT_EQ(key_set_from_text(to_text(keys)), keys);
    EXPECT_EQ(key_set_from_text(""), KeySet{});
    for (auto const* const text :
         {" ", "IRK/1/ABCDEF ", " IRK/1/ABCDEF", "IRK/1/ABCDEF  IRK/2/012345"}) {
        EXPECT_FALSE(key_set_from_text(text)) << text;
    }
    EXPECT_TRUE(holds(keys, {apdu::KeyName::irk, 2, "012345"}));
    EXPECT_FALSE(holds(keys, {apdu::KeyName::irk, 2, "012346"}));
    EXPECT_FALSE(holds(keys, {apdu::KeyName::irk, 3, "012345"}));
}

} // namespace
} // namespace store
