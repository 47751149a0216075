#include "host/session/item_text.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;

apdu::Item const& item(std::string_view path, std::uint8_t tag) {
    auto const place = apdu::find_file(apdu::layout_of(apdu::SpecVersion::v2_00), path);
    return *find_item(place->file->items, tag);
}

TEST(ItemText, TellsTextDatesAndDigits) {
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), bytes("D5C5C8FD0000")), "张三");
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x0D), bytes("19000101")), "1900-01-01");
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x0C), bytes("110101")), "110101");
}

TEST(ItemText, IsEmptyWhereUnpersonalized) {
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), bytes("000000")), "");
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x0D), bytes("FFFFFFFF")), "");
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), {}), "");
}

TEST(ItemText, KeepsAReplacementForWhatIsNoText) {
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), bytes("D5C5 FF C8FD 00")), "张\uFFFD三");
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), bytes("D5C5 C8")), "张\uFFFD");
}

TEST(ItemText, ReadsACharacterOfFourBytesBetweenOthers) {
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x09), bytes("D5C5 FF 95329031")), "张\uFFFD\U00020087");
}

TEST(ItemText, TellsDigitsThatAreNoneInHex) {
    EXPECT_EQ(item_text(item("SSSE/EF06", 0x0C), bytes("11AB01")), "11AB01");
}

TEST(ItemText, FindsRecordsAndItemsByTag) {
    auto const records = bytes("0A0131 0B0101");
    EXPECT_EQ(apdu::copy_of(value_of_record(records, 0x0B)), bytes("01"));
    EXPECT_TRUE(value_of_record(records, 0x0C).empty());
    auto const place = apdu::find_file(apdu::layout_of(apdu::SpecVersion::v2_00), "SSSE/EF06");
    EXPECT_EQ(find_item(place->file->items, 0x0A)->name, "sex");
    EXPECT_EQ(find_item(place->file->items, 0xEE), nullptr);
}

} // namespace
} // namespace session
