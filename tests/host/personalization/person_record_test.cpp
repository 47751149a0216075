#include "tests/host/personalization/office.hpp"

#include "host/personalization/person_record.hpp"
#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

FileContent const& file_of(PersonRecord const& record, apdu::Directory directory,
                           std::uint16_t fid) {
    auto const found =
        std::find_if(record.files().begin(), record.files().end(), [&](auto const& content) {
            return content.directory == directory && content.fid == fid;
        });
    if (found == record.files().end()) {
        throw std::runtime_error{"no such file in the record"};
    }
    return *found;
}

std::vector<std::uint8_t> bytes_of(FileContent const& content, std::uint8_t number) {
    auto const found =
        std::find_if(content.records.begin(), content.records.end(),
                     [number](auto const& record) { return record.number == number; });
    return found == content.records.end() ? std::vector<std::uint8_t>{} : found->bytes;
}

using apdu::Directory;

TEST(PersonRecord, EncodesEveryItemAsItsRecord) {
    PersonRecord const record = record_of(zhang_san);
    EXPECT_EQ(record.card_number(), "A0000002X");
    EXPECT_TRUE(record.warnings().empty());
    FileContent const& issuer = file_of(record, Directory::ssse, 0xEF05);
    EXPECT_EQ(bytes_of(issuer, 2), apdu::bytes("02 01 33"));
    EXPECT_EQ(bytes_of(issuer, 5), apdu::bytes("05 04 20240101"));
    EXPECT_EQ(bytes_of(issuer, 6), apdu::bytes("06 04 20340101"));
    EXPECT_EQ(bytes_of(issuer, 7), apdu::bytes("07 09 41303030303030 3258"));
    FileContent const& holder = file_of(record, Directory::ssse, 0xEF06);
    EXPECT_EQ(bytes_of(holder, 1), apdu::bytes("08 12 313130313031313930303031303130303134"));
    EXPECT_EQ(bytes_of(holder, 2), // 张三 in GBK, 26 bytes of padding
              apdu::bytes("09 1E D5C5C8FD" + std::string(52, '0')));
    EXPECT_EQ(bytes_of(holder, 4), apdu::bytes("0A 01 31"));
    EXPECT_EQ(bytes_of(holder, 5), apdu::bytes("0B 01 01"));
    EXPECT_EQ(bytes_of(holder, 6), apdu::bytes("0C 03 110101"));
    EXPECT_EQ(bytes_of(holder, 7), apdu::bytes("0D 04 19000101"));
}

TEST(PersonRecord, LeavesOutWhatIsNotGiven) {
    PersonRecord const record = record_of(zhang_san);
    EXPECT_EQ(record.files().size(), 2U);
    EXPECT_TRUE(bytes_of(file_of(record, Directory::ssse, 0xEF06), 3).empty()); // name extension
}

TEST(PersonRecord, EveryKindOfFileIsTaken) {
    PersonRecord const record = record_of(zhang_san_everywhere());
    FileContent const& education = file_of(record, Directory::df01, 0xEF15);
    EXPECT_EQ(bytes_of(education, 1), apdu::bytes("2A 01 21"));
    // The second of three degrees: 57 学位代码, 58 专业 left out, 59 学校.
    auto const degree = bytes_of(education, 3);
    EXPECT_EQ(degree.size(), 2U + 0x34);
    EXPECT_EQ(apdu::copy_of(apdu::ByteView{degree}.first(16)),
              apdu::bytes("40 34 57 03 333033 58 03 FFFFFF 59 28 C4B3"));
    EXPECT_TRUE(bytes_of(education, 4).empty());

    FileContent const& history = file_of(record, Directory::df02, 0xEF07);
    ASSERT_EQ(history.records.size(), 2U);
    EXPECT_EQ(history.records[0].bytes.size(), 0x55U); // fields alone, no heads
    EXPECT_EQ(apdu::copy_of(apdu::ByteView{history.records[0].bytes}.first(15)),
              apdu::bytes("32303230313031 20220101 FFFFFFFF"));

    EXPECT_EQ(file_of(record, Directory::ssse, 0xEF07).binary, apdu::bytes("01020304"));
    EXPECT_EQ(file_of(record, Directory::ssse, 0xEF08).binary.size(), 300U);
}

std::string with_name(std::string_view name) {
    std::string record{zhang_san};
    record.replace(record.find("张三"), std::string{"张三"}.size(), name);
    return record;
}

TEST(PersonRecord, ANameOverThirtyBytesGoesOnInTheExtension) {
    // 16 characters of 2 bytes: 15 fit.
    PersonRecord const record = record_of(with_name("阿卜杜热合曼阿卜杜热合曼阿卜杜热"));
    FileContent const& holder = file_of(record, Directory::ssse, 0xEF06);
    EXPECT_EQ(bytes_of(holder, 2).at(31), 0xC5U); // the last byte of 杜: item 09 is full
    EXPECT_EQ(bytes_of(holder, 3), apdu::bytes("4E 14 C8C8" + std::string(36, '0')));
}

TEST(PersonRecord, ALongNameIsSplitBetweenCharacters) {
    // One letter of 1 byte before: 14 characters fit, one byte of item 09 stays 00.
    PersonRecord const record = record_of(with_name("A卜杜热合曼阿卜杜热合曼阿卜杜热合"));
    FileContent const& holder = file_of(record, Directory::ssse, 0xEF06);
    EXPECT_EQ(bytes_of(holder, 2).at(31), 0x00U);
    EXPECT_EQ(bytes_of(holder, 3).size(), 2U + 0x14);
    EXPECT_NE(bytes_of(holder, 3).at(2), 0x00U);
}

TEST(PersonRecord, AnEmptyTextIsTheUnpersonalizedForm) {
    std::string json{zhang_san};
    json.replace(json.find("\"110101\""), 8, "\"\"");
    EXPECT_EQ(bytes_of(file_of(record_of(json), Directory::ssse, 0xEF06), 6),
              apdu::bytes("0C 03 FFFFFF"));
}

TEST(PersonRecord, TheProfileDecidesWhichCharactersAreTaken) {
    std::string const json = with_name("张𠮷");
    EXPECT_FALSE(PersonRecord::check(json, apdu::TextProfile::gbk).record.has_value());
    EXPECT_TRUE(PersonRecord::check(json, apdu::TextProfile::gb18030).record.has_value());
}

TEST(PersonRecord, KeepsAsideWhatTheStructureStageMakes) {
    std::string json{zhang_san};
    json.replace(json.find("\"card_class\""), 0, "\"spec_version\": \"2.00\", ");
    PersonRecord const record = record_of(json);
    ASSERT_EQ(record.repeated().size(), 1U);
    EXPECT_EQ(record.repeated()[0].where, "/issuer_data/spec_version");
    EXPECT_EQ(record.repeated()[0].tag, 0x03U);
    EXPECT_EQ(record.repeated()[0].value, apdu::bytes("322E3030"));
    EXPECT_TRUE(bytes_of(file_of(record, Directory::ssse, 0xEF05), 3).empty());
}

TEST(PersonRecord, ABirthPlaceOtherThanTheNumbersIsAWarning) {
    std::string json{zhang_san};
    json.replace(json.find("\"110101\""), 8, "\"310101\"");
    CheckedRecord const checked = PersonRecord::check(json, apdu::TextProfile::gbk);
    ASSERT_TRUE(checked.record.has_value());
    ASSERT_EQ(checked.warnings.size(), 1U);
    EXPECT_EQ(checked.warnings[0].where, "/holder_basic_data/birth_place");
    EXPECT_EQ(checked.warnings[0].code, "birth_place_mismatch");
    EXPECT_EQ(checked.record->warnings().size(), 1U);
}

TEST(PersonRecord, ASexThatIsNotStatedIsAWarning) {
    std::string json{zhang_san};
    json.replace(json.find("\"sex\": \"1\""), 10, "\"sex\": \"9\"");
    CheckedRecord const checked = PersonRecord::check(json, apdu::TextProfile::gbk);
    ASSERT_TRUE(checked.record.has_value());
    EXPECT_EQ(checked.warnings.at(0).code, "sex_not_stated");
}

TEST(PersonRecord, ItsFaultHoldsEveryProblem) {
    CheckedRecord const checked = PersonRecord::check("{}", apdu::TextProfile::gbk);
    session::Fault const fault = fault_of(checked);
    EXPECT_EQ(fault.code, session::FaultCode::record_invalid);
    EXPECT_EQ(fault.problems.size(), 8U); // the required items
}

} // namespace
} // namespace personalization
