#include "host/session/file_text.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/sample_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;

std::vector<ItemText> told(std::string_view path, std::string_view content) {
    auto const items = file_text(file_in_2_00(path), bytes(content));
    EXPECT_TRUE(items.ok());
    return items.ok() ? items.value() : std::vector<ItemText>{};
}

TEST(FileText, NamesEveryItem) {
    auto const items = told("SSSE/EF06", sample::holder_data);
    ASSERT_EQ(items.size(), 7U);
    EXPECT_EQ(items[0].name, "social_security_number");
    EXPECT_EQ(items[0].label_zh, "社会保障号码");
    EXPECT_EQ(items[0].tag, 0x08);
    EXPECT_EQ(items[0].text, "110101190001010014");
    EXPECT_EQ(items[1].text, "张三");
    EXPECT_EQ(items[2].text, "");
}

TEST(FileText, TellsWhatACodeMeans) {
    auto const items = told("SSSE/EF06", "0A0131");
    EXPECT_EQ(items.at(0).text, "1");
    EXPECT_EQ(items.at(0).meaning_zh, "男");
    EXPECT_FALSE(items.at(0).meaning_en.empty());
}

TEST(FileText, TellsACodeOutsideItsTableAsItStands) {
    auto const items = told("SSSE/EF06", "0A0137");
    EXPECT_EQ(items.at(0).text, "7");
    EXPECT_EQ(items.at(0).meaning_zh, "");
}

TEST(FileText, TellsPartsOfAConstructedItemAndCountsItsOccurrences) {
    std::string const assistance = "9910 1003 303130 1104 20240131 1203 110101";
    auto const items = told("DF02/EF15", assistance + assistance);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].occurrence, 1U);
    EXPECT_EQ(items[1].occurrence, 2U);
    ASSERT_EQ(items[1].parts.size(), 3U);
    EXPECT_EQ(items[1].parts[0].name, "kind");
    EXPECT_EQ(items[1].parts[0].text, "010");
    EXPECT_EQ(items[1].parts[1].text, "2024-01-31");
}

TEST(FileText, TellsAConstructedItemWithoutPartsInHex) {
    auto const items = told("DF02/EF15", "9903 10FF00");
    EXPECT_TRUE(items.at(0).parts.empty());
    EXPECT_EQ(items.at(0).text, "10FF00");
}

TEST(FileText, TellsARecordThatTheTableLacks) {
    auto const items = told("SSSE/EF06", "E102ABCD 0A0131");
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].name, "tag_E1");
    EXPECT_EQ(items[0].text, "ABCD");
    EXPECT_EQ(items[0].label_zh, "");
    EXPECT_EQ(items[1].name, "sex");
}

TEST(FileText, TellsShorterAndLongerValuesThanTheTablesSay) {
    auto const items = told("SSSE/EF06", "0904D5C5C8FD 0803313233");
    EXPECT_EQ(items.at(0).text, "张三");
    EXPECT_EQ(items.at(1).text, "123");
}

TEST(FileText, TellsTheFieldsOfCyclicRecords) {
    auto const records = told("DF04/EF15", "000131 000239");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[1].name, "record");
    EXPECT_EQ(records[1].occurrence, 2U);
    ASSERT_EQ(records[1].parts.size(), 2U);
    EXPECT_EQ(records[1].parts[0].text, "2");
    EXPECT_EQ(records[1].parts[1].text, "9");
}

TEST(FileText, TellsATransparentFileInHex) {
    auto const items = told("SSSE/EF07", "00AB");
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].name, "content");
    EXPECT_EQ(items[0].text, "00AB");
}

TEST(FileText, TellsAnEmptyFile) {
    EXPECT_TRUE(told("SSSE/EF06", "").empty());
    EXPECT_TRUE(told("DF04/EF15", "").empty());
}

TEST(FileText, RefusesACutRecord) {
    for (std::string_view const content : {"0A", "0A01", "0A0131 08"}) {
        EXPECT_EQ(file_text(file_in_2_00("SSSE/EF06"), bytes(content)).error().code,
                  FaultCode::answer_malformed);
    }
    EXPECT_EQ(file_text(file_in_2_00("DF04/EF15"), bytes("00013100")).error().code,
              FaultCode::answer_malformed);
}

} // namespace
} // namespace session
