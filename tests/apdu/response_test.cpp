#include "apdu/response.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

TEST(Response, AStatusWordAloneHasNoData) {
    auto const raw = bytes("6A 82");
    auto const response = Response::parse(raw);
    ASSERT_TRUE(response.ok());
    EXPECT_TRUE(response.value().data().empty());
    EXPECT_EQ(response.value().status(), sw::file_not_found);
}

TEST(Response, DataStandBeforeTheStatusWord) {
    auto const raw = bytes("07 09 41 30 30 30 30 30 30 31 31 90 00");
    auto const response = Response::parse(raw);
    ASSERT_TRUE(response.ok());
    EXPECT_EQ(copy_of(response.value().data()), bytes("07 09 41 30 30 30 30 30 30 31 31"));
    EXPECT_TRUE(response.value().status().is_success());
}

TEST(Response, DataBorrowTheBytes) {
    auto const raw = bytes("12 34 90 00");
    EXPECT_EQ(Response::parse(raw).value().data().data(), raw.data());
}

TEST(Response, ShorterThanAStatusWordIsTruncated) {
    EXPECT_EQ(Response::parse({}).error(), Error::truncated);
    EXPECT_EQ(Response::parse(bytes("90")).error(), Error::truncated);
}

TEST(Response, TheLongestHas65536BytesOfData) {
    std::vector<std::uint8_t> raw(65536 + 2, 0x00);
    EXPECT_EQ(Response::parse(raw).value().data().size(), 65536U);
    raw.push_back(0x00);
    EXPECT_EQ(Response::parse(raw).error(), Error::too_long);
}

} // namespace
} // namespace apdu
