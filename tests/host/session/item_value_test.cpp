#include "host/session/item_value.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/sample_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::bytes;
using apdu::TextProfile;

Problem plain_problem(std::string where, apdu::Item const& item, std::string_view text,
                      apdu::Error /*error*/, TextProfile /*profile*/) {
    return {std::move(where), "wrong", std::string{item.name} + "=" + std::string{text}};
}

Outcome<std::vector<NumberedRecord>> records(std::string_view path,
                                             std::vector<ItemValue> const& values) {
    return records_of_values(file_in_2_00(path), values, TextProfile::gbk, plain_problem);
}

std::string repeated_zero(std::size_t count) { return std::string(2 * count, '0'); }

TEST(ItemValue, BecomesARecordWithItsNumber) {
    auto const written = records("SSSE/EF06", {{.name = "sex", .text = "2"}});
    ASSERT_TRUE(written.ok());
    ASSERT_EQ(written.value().size(), 1U);
    EXPECT_EQ(written.value()[0].number, 4);
    EXPECT_EQ(written.value()[0].record, bytes("0A0132"));
}

TEST(ItemValue, RecordsComeInTheOrderOfTheirNumbers) {
    auto const written = records("SSSE/EF06", {{.name = "birth_date", .text = "1900-01-01"},
                                               {.name = "name", .text = "张三"}});
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(written.value()[0].number, 2);
    EXPECT_EQ(written.value()[0].record, bytes("091E D5C5C8FD" + repeated_zero(26)));
    EXPECT_EQ(written.value()[1].record, bytes("0D0419000101"));
}

TEST(ItemValue, AnEmptyTextIsTheUnpersonalizedForm) {
    EXPECT_EQ(records("SSSE/EF06", {{.name = "birth_date"}}).value()[0].record,
              bytes("0D04FFFFFFFF"));
}

TEST(ItemValue, PartsThatAreNotNamedAreUnpersonalized) {
    auto const written = records(
        "DF02/EF15",
        {{.name = "assistance", .occurrence = 3, .parts = {{.name = "date", .text = "20240131"}}}});
    ASSERT_TRUE(written.ok());
    EXPECT_EQ(written.value()[0].number, 3);
    EXPECT_EQ(written.value()[0].record, bytes("9910 1003000000 110420240131 1203FFFFFF"));
}

TEST(ItemValue, TellsAnUnknownItem) {
    auto const refused = records("SSSE/EF06", {{.name = "shoe_size", .text = "43"}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::unknown_item);
    EXPECT_EQ(refused.error().detail, "shoe_size");
    EXPECT_EQ(refused.error().problems.at(0).where, "/shoe_size");
}

TEST(ItemValue, ListsEveryProblemAtOnce) {
    auto const refused = records(
        "DF02/EF15", {{.name = "assistance", .occurrence = 5},
                      {.name = "assistance", .occurrence = 2, .text = "010"},
                      {.name = "assistance",
                       .occurrence = 1,
                       .parts = {{.name = "date", .text = "2024-02-30"}, {.name = "colour"}}},
                      {.name = "exit_date", .text = "tomorrow"},
                      {.name = "exit_date", .parts = {{.name = "year"}}},
                      {.name = "exit_region", .text = "110101"}});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::request_invalid);
    std::vector<std::pair<std::string, std::string>> found;
    for (Problem const& problem : refused.error().problems) {
        found.emplace_back(problem.where, problem.code);
    }
    std::vector<std::pair<std::string, std::string>> const expected{
        {"/assistance/4", "unknown_occurrence"},
        {"/assistance/1", "parts_wanted"},
        {"/assistance/0/colour", "unknown_item"},
        {"/assistance/0/date", "wrong"},
        {"/exit_date", "wrong"},
        {"/exit_date", "text_wanted"},
        {"/exit_date", "given_twice"},
    };
    EXPECT_EQ(found, expected);
}

TEST(ItemValue, BecomesACyclicRecord) {
    std::vector<ItemValue> const fields{{.name = "approval_date", .text = "2024-01-31"},
                                        {.name = "kind", .text = "010"}};
    auto const record =
        cyclic_record_of_values(file_in_2_00("DF02/EF16"), fields, TextProfile::gbk, plain_problem);
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(record.value(), bytes("303130 20240131 FFFFFFFF FFFFFFFF FFFFFF"));
}

TEST(ItemValue, TellsWhatIsWrongWithACyclicRecord) {
    std::vector<ItemValue> const fields{{.name = "approval_date", .text = "never"},
                                        {.name = "colour", .text = "red"}};
    auto const refused =
        cyclic_record_of_values(file_in_2_00("DF02/EF16"), fields, TextProfile::gbk, plain_problem);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().problems.size(), 2U);
}

} // namespace
} // namespace session
