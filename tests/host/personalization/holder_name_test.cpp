#include "host/personalization/holder_name.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/character_name.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

Problems problems_of_name(std::string_view name,
                          apdu::TextProfile profile = apdu::TextProfile::gbk) {
    return name_problems("/name", name, item_of(ssse_file(holder_data_fid), item_tag::name),
                         profile);
}

TEST(HolderName, AUyghurNameWithTheRightDotIsFine) {
    EXPECT_TRUE(problems_of_name("阿依古丽·买买提").empty());
    EXPECT_TRUE(dot_warnings("/name", "阿依古丽·买买提").empty());
}

TEST(HolderName, FiftyBytesOnTheCardFitAndMoreDoNot) {
    std::string name;
    for (int i = 0; i < 25; ++i) {
        name += "张";
    }
    EXPECT_TRUE(problems_of_name(name).empty());
    auto const problems = problems_of_name(name + "三");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].code, "too_long");
    EXPECT_EQ(problems[0].detail, "52 bytes on the card, at most 50");
}

TEST(HolderName, NamesTheCharacterThatCannotBeWritten) {
    auto const problems = problems_of_name("张𠮷");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].code, "not_encodable");
    EXPECT_EQ(problems[0].detail, "𠮷 (U+20BB7) cannot be written to the card under the text "
                                  "profile gbk; gb18030 has it");
}

TEST(HolderName, TheProfileGb18030TakesWhatGbkLacks) {
    EXPECT_TRUE(problems_of_name("张𠮷", apdu::TextProfile::gb18030).empty());
}

TEST(HolderName, ADotThatIsAnotherOneIsHintedAt) {
    auto const problems = problems_of_name("阿依古丽\u2022买买提");
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_NE(problems[0].detail.find("names on cards use · (U+00B7)"), std::string::npos);
}

TEST(HolderName, ADotThatTheCardCanCarryAllTheSameIsAWarning) {
    auto const warnings = dot_warnings("/name", "阿依古丽．买买提");
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_EQ(warnings[0].code, "look_alike_dot");
    EXPECT_EQ(warnings[0].detail, "． (U+FF0E) in a name: names on cards use · (U+00B7)");
}

TEST(CharacterName, AControlCharacterIsToldWithoutItself) {
    EXPECT_EQ(named_character("\n"), "U+000A");
    EXPECT_TRUE(is_control_character("\n"));
    EXPECT_TRUE(is_control_character("\x7F"));
    EXPECT_FALSE(is_control_character(" "));
}

TEST(CharacterName, AByteThatIsNoCharacterStandsAlone) {
    EXPECT_EQ(characters_of("a\x80张"), (std::vector<std::string_view>{"a", "\x80", "张"}));
    EXPECT_EQ(named_character("\x80"), "byte 80");
}

} // namespace
} // namespace personalization
