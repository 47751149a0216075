#include "tests/style/include_rule.hpp"

#include <gtest/gtest.h>

namespace {

using style::check_includes;
using style::SourceFile;

constexpr std::string_view table_text = "# a comment\n"
                                        "library core = array cstdint\n"
                                        "library standard = *\n"
                                        "library winscard = winscard.h PCSC/\n"
                                        "apdu : core\n"
                                        "apdu/require_host.cpp : core standard\n"
                                        "keys : apdu core # portable\n"
                                        "keys/openssl : keys apdu\n"
                                        "host/pcsc : apdu core standard winscard\n";

style::IncludeTable table() { return style::parse_include_table("table", table_text); }

std::size_t faults_of(std::string path, std::string text) {
    return check_includes(SourceFile{std::move(path), std::move(text)}, table()).size();
}

TEST(IncludeTable, HasNoFaultsWhenEveryWordIsKnown) { EXPECT_TRUE(table().faults.empty()); }

TEST(IncludeTable, ALineThatIsNeitherIsAFault) {
    auto const faults = style::parse_include_table("table", "apdu core\n").faults;
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].line, 1U);
}

TEST(IncludeTable, AWordThatNamesNothingIsAFault) {
    EXPECT_EQ(style::parse_include_table("table", "apdu : keyz\n").faults.size(), 1U);
}

TEST(IncludeRule, AFolderMayIncludeItselfAndItsRow) {
    EXPECT_EQ(faults_of("keys/pin.cpp", "#include \"keys/pin.hpp\"\n#include \"apdu/fci.hpp\"\n"
                                        "#include <array>\n"),
              0U);
}

TEST(IncludeRule, AFolderOutsideTheRowIsRefused) {
    auto const findings = check_includes(
        {"apdu/fci.cpp", "#include \"apdu/fci.hpp\"\n#include \"keys/pin.hpp\"\n"}, table());
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].line, 2U);
}

TEST(IncludeRule, ALibraryOutsideTheRowIsRefused) {
    EXPECT_EQ(faults_of("keys/openssl/mac.cpp", "#include <winscard.h>\n"), 1U);
    EXPECT_EQ(faults_of("keys/openssl/mac.cpp", "#  include <PCSC/winscard.h>\n"), 1U);
    EXPECT_EQ(faults_of("host/pcsc/reader.cpp", "#include <PCSC/winscard.h>\n"), 0U);
}

TEST(IncludeRule, HeapHeadersAreRefusedWhereOnlyCoreIsAllowed) {
    EXPECT_EQ(faults_of("apdu/fci.cpp", "#include <string>\n"), 1U);
    EXPECT_EQ(faults_of("apdu/fci.cpp", "#include <cstdint>\n"), 0U);
}

TEST(IncludeRule, ARowForOneFileCountsBeforeItsFoldersRow) {
    EXPECT_EQ(faults_of("apdu/require_host.cpp", "#include <string>\n"), 0U);
}

TEST(IncludeRule, AnAllowedFolderDoesNotAllowWhatIsBelowIt) {
    EXPECT_EQ(faults_of("keys/openssl/mac.cpp", "#include \"keys/pin.hpp\"\n"), 0U);
    EXPECT_EQ(faults_of("keys/pin.cpp", "#include \"keys/openssl/mac.hpp\"\n"), 1U);
}

TEST(IncludeRule, AHeaderOfNoLibraryIsRefused) {
    EXPECT_EQ(faults_of("host/pcsc/reader.cpp", "#include <sqlite3.h>\n"), 1U);
}

TEST(IncludeRule, AnIncludeIsSpelledFromTheTop) {
    EXPECT_EQ(faults_of("apdu/fci.cpp", "#include \"fci.hpp\"\n"), 1U);
}

TEST(IncludeRule, AFolderWithoutARowIsRefused) {
    EXPECT_EQ(faults_of("host/web/page.cpp", ""), 1U);
}

TEST(IncludeRule, NothingButTestsIncludesTests) {
    EXPECT_EQ(faults_of("apdu/fci.cpp", "#include \"tests/apdu/bytes.hpp\"\n"), 1U);
    EXPECT_EQ(faults_of("tests/apdu/fci_test.cpp", "#include \"tests/apdu/bytes.hpp\"\n"), 0U);
}

} // namespace
