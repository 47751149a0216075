#include "host/batch/people.hpp"

#include <gtest/gtest.h>

namespace batch {
namespace {

/// "where code detail" of each problem.
std::vector<std::string> problems_of(std::string_view text, PeopleFormat format) {
    std::vector<std::string> all;
    for (api::Problem const& problem : people_of(text, format).problems) {
        all.push_back(problem.where + " " + problem.code +
                      (problem.detail.empty() ? "" : " " + problem.detail));
    }
    return all;
}

using Lines = std::vector<std::string>;

constexpr std::string_view number_column = "holder_basic_data.social_security_number";

std::string csv(std::string_view rest) { return std::string{number_column}.append(rest); }

TEST(PeopleInCsv, EachRowIsARecordAndEachColumnAnItem) {
    auto const file = people_of(csv(",holder_basic_data.name,residence.phone\n"
                                    "110101190001010014,张三,01000000000\n"
                                    "110101190001010022,\"李四, 又名\"\"小李\"\"\",\n"),
                                PeopleFormat::csv);
    ASSERT_TRUE(file.problems.empty());
    ASSERT_EQ(file.people.size(), 2U);
    EXPECT_EQ(file.people[0].number, 1U);
    EXPECT_EQ(file.people[0].social_security_number, "110101190001010014");
    EXPECT_EQ(file.people[0].name, "张三");
    EXPECT_EQ(file.people[0].record,
              R"({"holder_basic_data":{"social_security_number":"110101190001010014",)"
              R"("name":"张三"},"residence":{"phone":"01000000000"}})");
    EXPECT_EQ(file.people[1].name, "李四, 又名\"小李\"");
    EXPECT_EQ(file.people[1].record.find("phone"), std::string::npos); // an empty cell is no item
}

TEST(PeopleInCsv, MayComeFromASpreadsheet) {
    auto const file =
        people_of("\xEF\xBB\xBF" + csv("\r\n110101190001010014\r\n"), PeopleFormat::csv);
    EXPECT_TRUE(file.problems.empty());
    EXPECT_EQ(file.people.size(), 1U);
}

TEST(PeopleInCsv, ColumnsThatNameNoItemAreTold) {
    EXPECT_EQ(problems_of(csv(",name,a.b.c,.x,y.,") + std::string{number_column} + "\n",
                          PeopleFormat::csv),
              (Lines{"/0 malformed name", "/0 malformed a.b.c", "/0 malformed .x",
                     "/0 malformed y.", "/0 duplicate_key " + std::string{number_column}}));
}

TEST(PeopleInCsv, ARowWithMoreCellsThanColumnsIsTold) {
    EXPECT_EQ(problems_of(csv("\n110101190001010014,surplus\n"), PeopleFormat::csv),
              Lines{"/1 too_many surplus"});
}

TEST(PeopleInCsv, AQuoteThatIsNotClosedIsTold) {
    EXPECT_EQ(problems_of(csv("\n\"110101190001010014\n"), PeopleFormat::csv),
              Lines{"/0 malformed CSV"});
}

TEST(PeopleInJsonLines, EachLineIsARecordAsItStands) {
    std::string const record =
        R"({"holder_basic_data": {"social_security_number": "110101190001010014"}})";
    auto const file = people_of("\n" + record + "\n  \r\n", PeopleFormat::json_lines);
    EXPECT_TRUE(file.problems.empty());
    ASSERT_EQ(file.people.size(), 1U);
    EXPECT_EQ(file.people[0].record, record);
    EXPECT_EQ(file.people[0].number, 1U);
}

TEST(PeopleInJsonLines, EveryFaultIsToldAtOnce) {
    EXPECT_EQ(
        problems_of("{\n[]\n{}\n"
                    R"({"holder_basic_data":{"social_security_number":"110101190001010014"}})"
                    "\n"
                    R"({"holder_basic_data":{"social_security_number":"110101190001010014"}})",
                    PeopleFormat::json_lines),
        (Lines{"/1 not_json", "/2 wrong_type",
               "/3/holder_basic_data/social_security_number missing",
               "/5/holder_basic_data/social_security_number duplicate_key /4"}));
}

TEST(People, NoneAreNoFault) {
    EXPECT_TRUE(people_of("", PeopleFormat::csv).people.empty());
    EXPECT_TRUE(people_of("", PeopleFormat::json_lines).problems.empty());
}

} // namespace
} // namespace batch
