#include "apdu/spec_version.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

using namespace std::string_view_literals;

TEST(SpecVersion, TheThreeGenerationsAreKnown) {
    EXPECT_EQ(spec_version_from_text("1.00"), SpecVersion::v1_00);
    EXPECT_EQ(spec_version_from_text("2.00"), SpecVersion::v2_00);
    EXPECT_EQ(spec_version_from_text("3.00"), SpecVersion::v3_00);
}

TEST(SpecVersion, OnlyTheFirstThreeCharactersCount) {
    EXPECT_EQ(spec_version_from_text("2.01"), SpecVersion::v2_00);
    EXPECT_EQ(spec_version_from_text("3.0"), SpecVersion::v3_00);
    EXPECT_FALSE(spec_version_from_text("2.10"));
}

TEST(SpecVersion, BlankCountsAsTheFirstGeneration) {
    EXPECT_EQ(spec_version_from_text(""), SpecVersion::v1_00);
    EXPECT_EQ(spec_version_from_text("    "), SpecVersion::v1_00);
    EXPECT_EQ(spec_version_from_text("\0\0\0\0"sv), SpecVersion::v1_00);
}

TEST(SpecVersion, AnyOtherVersionIsUnknown) {
    EXPECT_FALSE(spec_version_from_text("4.00"));
    EXPECT_FALSE(spec_version_from_text("2"));
    EXPECT_FALSE(spec_version_from_text("\xFF\xFF\xFF\xFF"));
    EXPECT_FALSE(spec_version_from_text("abcd"));
}

TEST(SpecVersion, TextLeadsBackToItsVersion) {
    for (SpecVersion const version : {SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00}) {
        EXPECT_EQ(spec_version_from_text(to_text(version)), version);
        EXPECT_EQ(to_text(version).size(), 4U);
    }
}

} // namespace
} // namespace apdu
