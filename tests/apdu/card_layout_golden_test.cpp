// The tables printed whole, to be read against the standard: tests/golden/card_layout_*.txt. After
// a change that is meant, SSCARD_WRITE_GOLDEN=1 apdu_test --gtest_filter='CardLayoutGolden*' writes
// them.

#include "tests/apdu/layout_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace apdu {
namespace {

void expect_golden(SpecVersion version) {
    std::string const path =
        std::string{SSCARD_TEST_GOLDEN} + "/card_layout_" + std::string{to_text(version)} + ".txt";
    std::string const text = layout_text(layout_of(version));
    if (std::getenv("SSCARD_WRITE_GOLDEN") != nullptr) {
        std::ofstream{path} << text;
    }
    std::ifstream file{path};
    ASSERT_TRUE(file) << path;
    std::stringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(text, golden.str()) << path;
}

TEST(CardLayoutGolden, Version1Of00IsAsFarAsKnown) { expect_golden(SpecVersion::v1_00); }
TEST(CardLayoutGolden, Version2Of00IsTheStandards) { expect_golden(SpecVersion::v2_00); }
TEST(CardLayoutGolden, Version3Of00IsTheStandards) { expect_golden(SpecVersion::v3_00); }

} // namespace
} // namespace apdu
