#include "host/session/record_extent.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/sample_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;

TEST(RecordExtent, CountsWholeRecords) {
    auto const extent = extent_of(file_in_2_00("SSSE/EF05"), bytes("020133 030432"));
    EXPECT_EQ(extent.count, 1U);
    EXPECT_EQ(extent.size, 3U);
}

TEST(RecordExtent, CountsCyclicRecordsBySize) {
    auto const extent = extent_of(file_in_2_00("DF04/EF15"), bytes("000131 000232 00"));
    EXPECT_EQ(extent.count, 2U);
    EXPECT_EQ(extent.size, 6U);
}

TEST(RecordExtent, ExpectsAllOfASmallFile) {
    auto const expected = expected_from(file_in_2_00("SSSE/EF06"), 1);
    EXPECT_EQ(expected.size, 0x5BU);
    EXPECT_TRUE(expected.are_all_the_rest);
}

TEST(RecordExtent, ExpectsWholeRecordsThatFitOneAnswer) {
    auto const expected = expected_from(file_in_2_00("DF02/EF05"), 1);
    EXPECT_EQ(expected.size, 230U);
    EXPECT_FALSE(expected.are_all_the_rest);
    EXPECT_TRUE(expected_from(file_in_2_00("DF02/EF05"), 5).are_all_the_rest);
}

TEST(RecordExtent, ExpectsAnythingBeyondTheTable) {
    auto const expected = expected_from(file_in_2_00("SSSE/EF05"), 8);
    EXPECT_EQ(expected.size, 256U);
    EXPECT_TRUE(expected.are_all_the_rest);
}

TEST(RecordExtent, ExpectsAsManyCyclicRecordsAsFit) {
    auto const expected = expected_from(file_in_2_00("DF04/EF08"), 1);
    EXPECT_EQ(expected.size, 9U * 0x1C);
    EXPECT_FALSE(expected.are_all_the_rest);
}

TEST(RecordExtent, EveryRecordOfEveryFileHasItsItemAndEveryItemItsRecords) {
    for (apdu::DedicatedFile const& directory :
         apdu::layout_of(apdu::SpecVersion::v3_00).directories) {
        for (apdu::ElementaryFile const& each : directory.files) {
            if (each.type == apdu::FileType::cyclic || each.type == apdu::FileType::transparent) {
                continue;
            }
            std::size_t const count = apdu::record_count(each);
            for (std::size_t number = 1; number <= count; ++number) {
                auto const item = item_of_record(each, number);
                ASSERT_TRUE(item.has_value()) << each.name;
                EXPECT_EQ(record_number_of(each, *item->item, item->occurrence), number);
                EXPECT_EQ(record_size_of(each, number), item->item->size + 2U);
            }
            EXPECT_FALSE(item_of_record(each, count + 1).has_value());
        }
    }
}

} // namespace
} // namespace session
