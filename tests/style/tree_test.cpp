// The rules, applied to the tree that the program is run in.
#include "tests/style/doc_rule.hpp"
#include "tests/style/include_rule.hpp"
#include "tests/style/length_rule.hpp"
#include "tests/style/name_rule.hpp"
#include "tests/style/text_rule.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace {

using style::Finding;
using style::SourceFile;

std::vector<SourceFile> const& tree() {
    static std::vector<SourceFile> const files = style::read_tree(".");
    return files;
}

/// What `check` finds in the whole tree, as text.
template <typename Check>
std::string findings_of(Check check) {
    std::vector<Finding> all;
    for (SourceFile const& file : tree()) {
        auto const findings = check(file);
        all.insert(all.end(), findings.begin(), findings.end());
    }
    return style::to_text(all);
}

void expect_none(std::string const& findings) { EXPECT_TRUE(findings.empty()) << findings; }

SourceFile const* find_file(std::string_view path) {
    auto const found = std::find_if(tree().begin(), tree().end(),
                                    [&](SourceFile const& file) { return file.path == path; });
    return found == tree().end() ? nullptr : &*found;
}

TEST(Tree, IsTheProjects) {
    ASSERT_NE(find_file("CMakePresets.json"), nullptr) << "run style_test from the top of the tree";
    ASSERT_NE(find_file("tests/style/tree_test.cpp"), nullptr);
}

TEST(Tree, IncludesFollowTheTable) {
    auto const* const text = find_file("tests/style/include_table.txt");
    ASSERT_NE(text, nullptr);
    auto const table = style::parse_include_table(text->path, text->text);
    expect_none(style::to_text(table.faults));
    expect_none(findings_of([&](auto const& file) { return style::check_includes(file, table); }));
}

TEST(Tree, FilesFunctionsAndLinesAreShort) { expect_none(findings_of(style::check_lengths)); }
TEST(Tree, NamesSayWhatAThingIs) { expect_none(findings_of(style::check_names)); }
TEST(Tree, PublicDeclarationsAreDocumented) { expect_none(findings_of(style::check_doc_comments)); }
TEST(Tree, NothingIsLeftUndone) { expect_none(findings_of(style::check_words)); }
TEST(Tree, SecretsAreReadInKeysOnly) { expect_none(findings_of(style::check_secrets)); }
TEST(Tree, CppIsWrittenAsTheHouseDoes) { expect_none(findings_of(style::check_cpp_habits)); }
TEST(Tree, TimesHaveUnits) { expect_none(findings_of(style::check_units)); }

} // namespace
