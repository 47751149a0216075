#include "apdu/record.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

TEST(Record, ACardNumberIsReadAsTagLengthValue) {
    auto const raw = bytes("07 09 41 30 30 30 30 30 30 31 31"); // card.md §1.4
    auto const record = parse_record(raw);
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(record.value().tag, 0x07);
    EXPECT_EQ(copy_of(record.value().value), bytes("41 30 30 30 30 30 30 31 31"));
    EXPECT_EQ(record.value().size(), raw.size());
}

TEST(Record, EveryTagAndEveryLengthAreOneByte) {
    auto raw = bytes("9F FF"); // in BER, 9F would go on and FF would be no length
    raw.resize(2 + 255, 0x20);
    EXPECT_EQ(parse_record(raw).value().tag, 0x9F);
    EXPECT_EQ(parse_record(raw).value().value.size(), 255U);
}

TEST(Record, AnEmptyValueIsARecord) {
    EXPECT_TRUE(parse_record(bytes("4E 00")).value().value.empty());
}

TEST(Record, EveryShorterRecordIsTruncated) {
    auto const whole = bytes("0C 03 11 01 01");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        EXPECT_EQ(parse_record(ByteView{whole}.first(size)).error(), Error::truncated) << size;
    }
}

TEST(Record, BytesAfterTheRecordAreTrailing) {
    EXPECT_EQ(parse_record(bytes("0A 01 31 00")).error(), Error::trailing_bytes);
    EXPECT_EQ(parse_record(bytes("0A 01 31 0B 01 01")).error(), Error::trailing_bytes);
}

TEST(Record, RecordsFollowEachOther) {
    auto const raw = bytes("0A 01 31 0B 01 01 0C 03 11 01 01");
    RecordReader reader{raw};
    EXPECT_EQ(reader.next().value().tag, 0x0A);
    EXPECT_EQ(reader.next().value().tag, 0x0B);
    EXPECT_FALSE(reader.at_end());
    EXPECT_EQ(copy_of(reader.next().value().value), bytes("11 01 01"));
    EXPECT_TRUE(reader.at_end());
    EXPECT_EQ(reader.next().error(), Error::not_found);
}

TEST(Record, AfterAnErrorTheReaderStaysWhereItIs) {
    auto const raw = bytes("0A 02 31");
    RecordReader reader{raw};
    EXPECT_EQ(reader.next().error(), Error::truncated);
    EXPECT_EQ(reader.next().error(), Error::truncated);
}

TEST(Record, FindGivesTheNthWithTheTag) {
    auto const raw = bytes("43 01 01 44 01 09 43 01 02");
    EXPECT_EQ(copy_of(find_record(raw, 0x43).value().value), bytes("01"));
    EXPECT_EQ(copy_of(find_record(raw, 0x43, 2).value().value), bytes("02"));
    EXPECT_EQ(find_record(raw, 0x43, 3).error(), Error::not_found);
    EXPECT_EQ(find_record(raw, 0x45).error(), Error::not_found);
    EXPECT_EQ(find_record({}, 0x45).error(), Error::not_found);
}

TEST(Record, FindReportsWhatBreaksBeforeTheTag) {
    EXPECT_EQ(find_record(bytes("43 05 01"), 0x44).error(), Error::truncated);
}

TEST(Record, WritingIsUndoneByReading) {
    for (std::size_t const size : {0U, 1U, 30U, 254U, 255U}) {
        std::vector<std::uint8_t> const value(size, 0x5A);
        std::vector<std::uint8_t> out(2 + size);
        EXPECT_EQ(write_record({0x09, value}, out).value(), out.size());
        EXPECT_EQ(parse_record(out).value().tag, 0x09);
        EXPECT_EQ(copy_of(parse_record(out).value().value), value);
    }
}

TEST(Record, AValueOver255BytesIsTooLong) {
    std::vector<std::uint8_t> const value(256);
    std::vector<std::uint8_t> out(1000);
    EXPECT_EQ(write_record({0x09, value}, out).error(), Error::too_long);
}

TEST(Record, ABufferTooSmallStaysUntouched) {
    auto out = bytes("11 11 11");
    EXPECT_EQ(write_record({0x09, bytes("55 66")}, out).error(), Error::buffer_too_small);
    EXPECT_EQ(out, bytes("11 11 11"));
}

TEST(RecordDeathTest, OccurrencesAreCountedFromOne) {
    EXPECT_DEATH((void)find_record({}, 0x09, 0), "broken requirement");
}

} // namespace
} // namespace apdu
