#include "host/cli/text_layout.hpp"

#include "host/cli/language.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

class TextLayoutTest : public testing::Test {
protected:
    void SetUp() override {
        cli::use_language(cli::Language::english, cli::locale_folder_of_program());
    }
};

TEST_F(TextLayoutTest, AChineseCharacterTakesTwoColumns) {
    EXPECT_EQ(cli::display_width(""), 0U);
    EXPECT_EQ(cli::display_width("abc"), 3U);
    EXPECT_EQ(cli::display_width("张三"), 4U);
    EXPECT_EQ(cli::display_width("张a：3"), 6U);
    EXPECT_EQ(cli::display_width("𠮷"), 2U); // beyond the basic plane
}

TEST_F(TextLayoutTest, BytesThatAreNoTextTakeOneColumnEach) {
    EXPECT_EQ(cli::display_width("\xFF\xFE"), 2U);
    EXPECT_EQ(cli::display_width("\xE5\xBC"), 2U); // a character cut short
}

TEST_F(TextLayoutTest, PaddingCountsColumnsNotBytes) {
    EXPECT_EQ(cli::padded("张三", 6), "张三  ");
    EXPECT_EQ(cli::padded("abc", 2), "abc");
}

TEST_F(TextLayoutTest, WhatATerminalWouldObeyIsShownAsAQuestionMark) {
    EXPECT_EQ(cli::printable("张三"), "张三");
    EXPECT_EQ(cli::printable("a\x1B[2Jb\nc"), "a?[2Jb?c");
    EXPECT_EQ(cli::printable("a\xC2\x9Bm"), "a?m"); // CSI as one character
    EXPECT_EQ(cli::printable("1\xE2\x80\xAE"
                             "23"),
              "1?23"); // right-to-left override
    EXPECT_EQ(cli::printable("\xFF"), "\xEF\xBF\xBD");
}

TEST_F(TextLayoutTest, ColumnsAreAsWideAsTheirWidestCell) {
    cli::Table table;
    table.add({"姓名", "张三"});
    table.add({"卡号", "A00000011", "x"});
    table.add({"a"});
    std::ostringstream out;
    table.print(out, 1);
    EXPECT_EQ(out.str(), " 姓名  张三\n"
                         " 卡号  A00000011  x\n"
                         " a\n");
}

TEST_F(TextLayoutTest, LinesBreakAtSpacesAndBetweenChineseCharacters) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(cli::wrapped("one two three", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(cli::wrapped("a longer-word b", 5), (Lines{"a", "longer-word", "b"}));
    EXPECT_EQ(cli::wrapped("卡的识别码有误", 6), (Lines{"卡的识", "别码有", "误"}));
    EXPECT_EQ(cli::wrapped("有误。请核对", 6), (Lines{"有误。", "请核对"}));
    EXPECT_EQ(cli::wrapped("有误了。请", 6), (Lines{"有误", "了。请"})); // none begins with a stop
    EXPECT_EQ(cli::wrapped("用 PIN 读", 6), (Lines{"用 PIN", "读"}));
    EXPECT_EQ(cli::wrapped("", 6), Lines{""});
}

TEST_F(TextLayoutTest, ALastCellGoesOnBelowItself) {
    cli::Table table;
    table.add({"Why:", "one two three"});
    std::ostringstream out;
    table.print(out, 2, 16);
    EXPECT_EQ(out.str(), "  Why:  one two\n"
                         "        three\n");
}

} // namespace
