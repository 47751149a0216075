#include "apdu/text_slice.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

static_assert(slice("110101190001010014", 6, 8) == "19000101");
static_assert(slice("abc", 0, 3) == "abc");
static_assert(slice("abc", 3, 0).empty());
static_assert(slice("", 0, 0).empty());
static_assert(slice_from("abc", 1) == "bc");
static_assert(slice_from("abc", 3).empty());

TEST(TextSlice, APartBorrowsItsText) {
    std::string_view const text = "abc";
    EXPECT_EQ(slice(text, 1, 1).data(), text.data() + 1);
    EXPECT_EQ(slice_from(text, 2).data(), text.data() + 2);
}

TEST(TextSliceDeathTest, APartBeyondTheTextIsABug) {
    EXPECT_DEATH((void)slice("abc", 1, 3), "broken requirement");
    EXPECT_DEATH((void)slice("abc", 4, 0), "broken requirement");
    EXPECT_DEATH((void)slice("abc", 1, static_cast<std::size_t>(-1)), "broken requirement");
    EXPECT_DEATH((void)slice_from("abc", 4), "broken requirement");
}

} // namespace
} // namespace apdu
