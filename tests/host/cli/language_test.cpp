#include "host/cli/language.hpp"

#include "host/api/fault_text.hpp"
#include "host/api/terminal_words.hpp"
#include "host/cli/exit_code.hpp"
#include "host/cli/problem_texts.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using cli::Language;

class LanguageTest : public testing::Test {
protected:
    void SetUp() override {
        for (char const* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
            unsetenv(name);
        }
    }
    static void use(Language language) {
        cli::use_language(language, cli::locale_folder_of_program());
    }
};

TEST_F(LanguageTest, OfALocaleIsItsFirstPart) {
    EXPECT_EQ(cli::language_of("zh"), Language::chinese);
    EXPECT_EQ(cli::language_of("zh_CN.UTF-8"), Language::chinese);
    EXPECT_EQ(cli::language_of("zh-Hans"), Language::chinese);
    EXPECT_EQ(cli::language_of("en_GB"), Language::english);
    EXPECT_EQ(cli::language_of("C.UTF-8"), Language::english);
    EXPECT_FALSE(cli::language_of("de_DE.UTF-8"));
    EXPECT_FALSE(cli::language_of(""));
}

TEST_F(LanguageTest, OfTheEnvironmentIsLcAllThenLcMessagesThenLang) {
    EXPECT_EQ(cli::language_of_environment(), Language::english);
    setenv("LANG", "zh_CN.UTF-8", 1);
    EXPECT_EQ(cli::language_of_environment(), Language::chinese);
    setenv("LC_MESSAGES", "en_US.UTF-8", 1);
    EXPECT_EQ(cli::language_of_environment(), Language::english);
    setenv("LC_ALL", "zh_TW.UTF-8", 1);
    EXPECT_EQ(cli::language_of_environment(), Language::chinese);
    setenv("LC_ALL", "", 1); // counts as not set
    EXPECT_EQ(cli::language_of_environment(), Language::english);
}

TEST_F(LanguageTest, ChineseComesWithoutAnInstalledLocale) {
    use(Language::chinese);
    EXPECT_EQ(cli::tr("The PIN is wrong."), "PIN 错误。");
    use(Language::english);
    EXPECT_EQ(cli::tr("The PIN is wrong."), "The PIN is wrong.");
}

TEST_F(LanguageTest, TextWithoutATranslationStaysEnglish) {
    use(Language::chinese);
    EXPECT_EQ(cli::tr("no such text"), "no such text");
    EXPECT_EQ(cli::tr(""), "");
}

TEST_F(LanguageTest, ValuesStandWhereTheSentenceWantsThem) {
    use(Language::english);
    EXPECT_EQ(cli::tr_with("{1} to {2}", {"6982", "READ RECORD"}), "6982 to READ RECORD");
    use(Language::chinese);
    EXPECT_EQ(cli::tr_with("{1} to {2}", {"6982", "READ RECORD"}), "READ RECORD 返回 6982");
    EXPECT_EQ(cli::tr_with("{1}, {2}, {3}", {"{2}", "b"}), "{2}, b, {3}"); // values are no patterns
}

TEST_F(LanguageTest, EveryFaultIsToldInChinese) {
    use(Language::chinese);
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            for (auto const sentence : {text.what, text.why, text.next}) {
                EXPECT_NE(cli::tr(sentence), sentence) << text.code;
            }
        }
    }
}

TEST_F(LanguageTest, EveryProblemAndExitStatusIsToldInChinese) {
    use(Language::chinese);
    for (auto const& text : cli::problem_texts()) {
        EXPECT_NE(cli::tr(text.text), text.text) << text.code;
    }
    for (auto const& row : cli::exit_code_meanings()) {
        EXPECT_NE(cli::tr(row.meaning), row.meaning);
    }
}

TEST_F(LanguageTest, EveryWordOfATerminalIsToldInChinese) {
    use(Language::chinese);
    std::vector<std::string_view> texts;
    auto const add = [&texts](auto const& words) {
        for (auto const& word : words) {
            texts.push_back(word.text);
        }
    };
    add(api::terminal_start_reasons);
    add(api::terminal_key_states);
    add(api::terminal_refusals);
    add(api::terminal_parts);
    texts.insert(texts.end(), api::terminal_slot_counts.begin(), api::terminal_slot_counts.end());
    texts.insert(texts.end(), api::terminal_link_counts.begin(), api::terminal_link_counts.end());
    for (std::string_view const text : texts) {
        EXPECT_NE(cli::tr(text), text);
    }
}

TEST_F(LanguageTest, OfTwoTextsTheOneInUseIsChosen) {
    use(Language::english);
    EXPECT_EQ(cli::choose("male", "男"), "male");
    EXPECT_EQ(cli::choose("", "男"), "男");
    use(Language::chinese);
    EXPECT_EQ(cli::choose("male", "男"), "男");
    EXPECT_EQ(cli::choose("male", ""), "male");
}

} // namespace
