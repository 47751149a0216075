#include "tests/host/personalization/office.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/file_text.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

class EveryKind : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, EveryKind, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

/// A fault in words, for the log of a test.
std::string told(session::Outcome<Report> const& outcome) {
    return outcome.ok() ? ""
                        : std::string{session::to_text(outcome.error().code)} + ": " +
                              outcome.error().detail;
}

TEST_P(EveryKind, ABareChipBecomesABlankAndThenALiveCard) {
    Office office{bare_chip(GetParam())};
    auto const structure = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_TRUE(structure.ok()) << told(structure);
    auto const data = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_TRUE(data.ok()) << told(data);
    EXPECT_EQ(data.value().card_number, "A0000002X");
}

TEST_P(EveryKind, ABareChipBecomesALiveCardInOneGo) {
    Office office{bare_chip(GetParam())};
    auto request = request_for(Stage::both, GetParam());
    request.person = record_of(zhang_san_everywhere());
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
}

} // namespace
} // namespace personalization
