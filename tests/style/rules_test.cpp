#include "tests/style/doc_rule.hpp"
#include "tests/style/length_rule.hpp"
#include "tests/style/name_rule.hpp"
#include "tests/style/text_rule.hpp"

#include <gtest/gtest.h>

namespace {

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) {
        text += part;
    }
    return text;
}

TEST(LengthRule, AFileOf301LinesIsTooLong) {
    EXPECT_TRUE(style::check_lengths({"apdu/a.cpp", repeated("\n", 300)}).empty());
    EXPECT_EQ(style::check_lengths({"apdu/a.cpp", repeated("\n", 301)}).size(), 1U);
}

TEST(LengthRule, AFunctionOf71LinesIsTooLong) {
    auto const function = [](std::size_t lines) {
        return "int f() {\n" + repeated("  g();\n", lines - 2) + "}\n";
    };
    EXPECT_TRUE(style::check_lengths({"apdu/a.cpp", function(70)}).empty());
    EXPECT_EQ(style::check_lengths({"apdu/a.cpp", function(71)}).size(), 1U);
}

TEST(LengthRule, ALineOf101CharactersIsTooLong) {
    EXPECT_TRUE(style::check_lengths({"apdu/a.cpp", "//" + repeated("x", 98)}).empty());
    EXPECT_EQ(style::check_lengths({"apdu/a.cpp", "//" + repeated("x", 99)}).size(), 1U);
    EXPECT_EQ(style::check_lengths({"run", "#!/bin/bash\n#" + repeated("x", 100)}).size(), 1U);
    EXPECT_TRUE(style::check_lengths({"README.md", repeated("x", 200)}).empty());
}

TEST(LengthRule, AChineseCharacterIsOneColumn) {
    EXPECT_TRUE(style::check_lengths({"apdu/a.cpp", "//" + repeated("卡", 98)}).empty());
}

TEST(NameRule, SplitsNamesIntoWords) {
    EXPECT_EQ(style::words_of_name("CardInfo"), (std::vector<std::string>{"card", "info"}));
    EXPECT_EQ(style::words_of_name("host/card_info.cpp"),
              (std::vector<std::string>{"host", "card", "info", "cpp"}));
}

TEST(NameRule, RefusesFilesFoldersAndTypesThatSayNothing) {
    EXPECT_EQ(style::check_names({"apdu/string_utils.hpp", ""}).size(), 1U);
    EXPECT_EQ(style::check_names({"host/common/a.hpp", ""}).size(), 1U);
    EXPECT_EQ(style::check_names({"apdu/a.hpp", "class CardManager {};\n"}).size(), 1U);
    EXPECT_EQ(style::check_names({"apdu/a.cpp", "namespace {\nstruct Helper {};\n}\n"}).size(), 1U);
}

TEST(NameRule, LooksAtWholeWordsOnly) {
    EXPECT_TRUE(style::check_names({"apdu/basic_data.hpp", "struct Information {};\n"}).empty());
}

TEST(DocRule, APublicFunctionNeedsAComment) {
    EXPECT_EQ(style::check_doc_comments({"apdu/a.hpp", "int f();\n"}).size(), 1U);
    EXPECT_TRUE(style::check_doc_comments({"apdu/a.hpp", "/// What f gives.\nint f();\n"}).empty());
    EXPECT_TRUE(style::check_doc_comments({"apdu/a.hpp", "int f(); ///< a number\n"}).empty());
}

TEST(DocRule, AnOrdinaryCommentIsNone) {
    EXPECT_EQ(style::check_doc_comments({"apdu/a.hpp", "// What f gives.\nint f();\n"}).size(), 1U);
}

TEST(DocRule, APublicTypeAndItsMembersNeedOne) {
    EXPECT_EQ(
        style::check_doc_comments({"apdu/a.hpp", "class C {\npublic:\n  int f();\n};\n"}).size(),
        2U);
}

TEST(DocRule, ACommentCoversWhatFollowsWithoutAGap) {
    EXPECT_TRUE(
        style::check_doc_comments({"apdu/a.hpp", "/// Both.\nint f();\nint f(int);\n"}).empty());
    EXPECT_EQ(style::check_doc_comments({"apdu/a.hpp", "/// One.\nint f();\n\nint g();\n"}).size(),
              1U);
}

TEST(DocRule, WhatIsPlainOrPrivateNeedsNone) {
    EXPECT_TRUE(style::check_doc_comments(
                    {"apdu/a.hpp", "/// A C.\nclass C : public B {\npublic:\n  C();\n  ~C();\n\n"
                                   "  int size() const { return size_; }\n\n"
                                   "  int g() const override;\n\n  bool operator==(C const&) "
                                   "const = default;\n\nprivate:\n  int h();\n};\n"})
                    .empty());
    EXPECT_TRUE(style::check_doc_comments({"apdu/a.cpp", "int f() { return 1; }\n"}).empty());
    EXPECT_TRUE(
        style::check_doc_comments({"apdu/a.hpp", "int C::f() {\n  return 1;\n}\n"}).empty());
}

TEST(WordRule, RefusesMarksOfUnfinishedWork) {
    EXPECT_EQ(style::check_words({"apdu/a.cpp", "// TO"
                                                "DO: later\n"})
                  .size(),
              1U);
    EXPECT_EQ(style::check_words({"README.md", "FIX"
                                               "ME\n"})
                  .size(),
              1U);
    EXPECT_TRUE(style::check_words({"tests/run", "mktemp sscard.XXXXXX\n"}).empty());
}

TEST(WordRule, RefusesTestsThatAreSwitchedOff) {
    EXPECT_EQ(style::check_words({"tests/a_test.cpp", "TEST(A, DISAB"
                                                      "LED_B) {}\n"})
                  .size(),
              1U);
    EXPECT_EQ(style::check_words({"tests/a_test.cpp", "GTEST_S"
                                                      "KIP();\n"})
                  .size(),
              1U);
}

TEST(WordRule, RefusesPathsOfAMachine) {
    EXPECT_EQ(style::check_words({"docs/a.md", "see /ho"
                                               "me/zhang/x\n"})
                  .size(),
              1U);
    EXPECT_TRUE(style::check_words({"docs/a.md", "see /etc/sscard and /run/sscard\n"}).empty());
}

TEST(WordRule, RefusesCopyrightLinesOutsideTheLicense) {
    EXPECT_EQ(style::check_words({"apdu/a.cpp", "// Copy"
                                                "right 2024\n"})
                  .size(),
              1U);
    EXPECT_TRUE(style::check_words({"LICENSE", "Copy"
                                               "right 2024\n"})
                    .empty());
}

TEST(SecretRule, OnlyKeysAndTestsReadSecrets) {
    EXPECT_EQ(style::check_secrets({"host/cli/a.cpp", "pin.expose();\n"}).size(), 1U);
    EXPECT_EQ(style::check_secrets({"apdu/a.cpp", "pin->expose ();\n"}).size(), 1U);
    EXPECT_TRUE(style::check_secrets({"keys/openssl/a.cpp", "pin.expose();\n"}).empty());
    EXPECT_TRUE(style::check_secrets({"host/cli/a.cpp", "// no pin.expose() here\n"}).empty());
}

TEST(CppHabitRule, RefusesMacrosGuardsAndUsingNamespace) {
    EXPECT_EQ(style::check_cpp_habits({"apdu/a.cpp", "#define X 1\n"}).size(), 1U);
    EXPECT_EQ(style::check_cpp_habits({"apdu/a.hpp", "#include <array>\n"}).size(), 1U);
    EXPECT_EQ(
        style::check_cpp_habits({"apdu/a.hpp", "#pragma once\nusing namespace std;\n"}).size(), 1U);
    EXPECT_TRUE(
        style::check_cpp_habits({"apdu/a.hpp", "#pragma once\nint const x = 1;\n"}).empty());
}

TEST(UnitRule, ATimeHasAUnitInItsName) {
    EXPECT_EQ(style::check_units({"apdu/a.cpp", "constexpr int answer_timeout = 500;\n"}).size(),
              1U);
    EXPECT_EQ(style::check_units({"apdu/a.cpp", "unsigned poll_interval{5};\n"}).size(), 1U);
    EXPECT_TRUE(
        style::check_units({"apdu/a.cpp", "constexpr int answer_timeout_ms = 500;\n"}).empty());
    EXPECT_TRUE(style::check_units({"apdu/a.cpp", "int with_waiting = 0;\n"}).empty());
}

} // namespace
