#include "host/personalization/json_text.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

TEST(JsonText, ParsesAnObjectAndKeepsItsOrder) {
    JsonText const text = parse_json(R"({"b": "1", "a": ["2", "3"]})");
    EXPECT_TRUE(text.problems.empty());
    EXPECT_EQ(text.value.dump(), R"({"b":"1","a":["2","3"]})");
}

TEST(JsonText, TellsLineAndColumnOfWhatIsNoJson) {
    JsonText const text = parse_json("{\n  \"a\": tru\n}");
    ASSERT_EQ(text.problems.size(), 1U);
    EXPECT_EQ(text.problems[0].code, "not_json");
    EXPECT_EQ(text.problems[0].detail, "no JSON at line 3, column 0");
    EXPECT_TRUE(text.value.is_discarded());
}

TEST(JsonText, AnEmptyTextIsNoJson) { EXPECT_EQ(parse_json("").problems.at(0).code, "not_json"); }

TEST(JsonText, BytesThatAreNotUtf8AreNoJson) {
    EXPECT_EQ(parse_json("{\"a\": \"\xD5\xC5\"}").problems.at(0).code, "not_json");
}

TEST(JsonText, ANumberThatNoTypeHoldsIsNoJson) {
    EXPECT_EQ(parse_json("[1e999999]").problems.at(0).code, "not_json");
}

TEST(JsonText, NamesAMemberThatComesTwiceByItsPointer) {
    JsonText const text = parse_json(R"({"a": {"x": "1", "x": "2"}, "b": [{}, {"y": 1, "y": 2}]})");
    ASSERT_EQ(text.problems.size(), 2U);
    EXPECT_EQ(text.problems[0].where, "/a/x");
    EXPECT_EQ(text.problems[0].code, "duplicate_key");
    EXPECT_EQ(text.problems[1].where, "/b/1/y");
}

TEST(JsonText, TheSameNameInTwoObjectsIsNoDuplicate) {
    EXPECT_TRUE(parse_json(R"({"a": {"x": 1}, "b": {"x": 1}, "x": [{"x": 1}, {"x": 1}]})")
                    .problems.empty());
}

TEST(JsonText, RefusesWhatIsNestedTooDeep) {
    std::string const deep(json_depth_max + 1, '[');
    JsonText const text = parse_json(deep + std::string(json_depth_max + 1, ']'));
    ASSERT_EQ(text.problems.size(), 1U);
    EXPECT_EQ(text.problems[0].code, "too_deep");
    EXPECT_TRUE(text.value.is_discarded());
    std::string const allowed(json_depth_max, '[');
    EXPECT_TRUE(parse_json(allowed + std::string(json_depth_max, ']')).problems.empty());
}

TEST(JsonText, RefusesATextOverTheLimit) {
    std::string const text = "\"" + std::string(json_text_size_max, 'a') + "\"";
    EXPECT_EQ(parse_json(text).problems.at(0).code, "too_long");
}

TEST(JsonText, PointersEscapeTildeAndSlash) {
    EXPECT_EQ(below("/a", "b/c~d"), "/a/b~1c~0d");
    EXPECT_EQ(below("/a", 3), "/a/3");
}

} // namespace
} // namespace personalization
