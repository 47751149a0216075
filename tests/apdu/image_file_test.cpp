#include "apdu/ccid/image_header.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace apdu::ccid {
namespace {

using Bytes = std::vector<std::uint8_t>;

ImageHeader header_of(std::uint8_t slot, std::uint32_t size) {
    return {.board = 0x01020304,
            .version = 7,
            .size = size,
            .slot = slot,
            .digest = {0xD1},
            .signature = {0x51}};
}

/// An image with its header.
Bytes image(std::uint8_t slot, std::uint32_t size) {
    auto const header = write_image_header(header_of(slot, size));
    Bytes bytes{header.begin(), header.end()};
    bytes.resize(bytes.size() + size, slot);
    return bytes;
}

Bytes operator+(Bytes bytes, Bytes const& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
    return bytes;
}

TEST(ImageHeader, IsReadAsItWasWritten) {
    auto const bytes = write_image_header(header_of(1, 603));
    EXPECT_EQ((Bytes{bytes.begin(), bytes.begin() + 32}),
              (Bytes{'S',  'S', 'I', 'M', 'A', 'G', 'E', 1, 4, 3, 2, 1, 7, 0, 0, 0,
                     0x5B, 2,   0,   0,   1,   0,   0,   0, 0, 0, 0, 0, 0, 0, 0, 0}));
    EXPECT_EQ(read_image_header(bytes), header_of(1, 603));
}

TEST(ImageHeader, WithAnotherSizeMagicSlotOrFillIsNone) {
    auto const good = write_image_header(header_of(0, 603));
    EXPECT_FALSE(read_image_header(ByteView{good}.first(good.size() - 1)));
    EXPECT_FALSE(read_image_header({}));
    for (std::size_t const at : {0U, 7U, 21U, 23U, 24U, 31U}) {
        auto bytes = good;
        bytes[at] ^= 0x80;
        EXPECT_FALSE(read_image_header(bytes)) << at;
    }
    auto third_slot = good;
    third_slot[20] = 2;
    EXPECT_FALSE(read_image_header(third_slot));
}

TEST(ImageFile, HasAnImageForEachSlotInAnyOrder) {
    Bytes const bytes = image(1, 5) + image(0, 9);
    auto const file = read_image_file(bytes);
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE(equal_bytes(file.value()[0], image(0, 9)));
    EXPECT_TRUE(equal_bytes(file.value()[1], image(1, 5)));
}

TEST(ImageFile, MayHaveAnImageForOneSlotOnly) {
    Bytes const bytes = image(1, 5);
    auto const file = read_image_file(bytes);
    ASSERT_TRUE(file.ok());
    EXPECT_TRUE(file.value()[0].empty());
    EXPECT_TRUE(equal_bytes(file.value()[1], image(1, 5)));
}

TEST(ImageFile, ThatIsCutAnywhereIsTruncated) {
    Bytes const bytes = image(0, 9) + image(1, 5);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        auto const file = read_image_file(ByteView{bytes}.first(size));
        if (size == image(0, 9).size()) {
            EXPECT_TRUE(file.ok());
        } else {
            ASSERT_FALSE(file.ok()) << size;
            EXPECT_EQ(file.error(), Error::truncated) << size;
        }
    }
}

TEST(ImageFile, OfSomethingElseOrTwoForASlotIsMalformed) {
    auto const twice = read_image_file(image(0, 9) + image(0, 5));
    ASSERT_FALSE(twice.ok());
    EXPECT_EQ(twice.error(), Error::malformed);
    auto const other = read_image_file(image(0, 9) + Bytes(image_header_size));
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error(), Error::malformed);
}

} // namespace
} // namespace apdu::ccid
