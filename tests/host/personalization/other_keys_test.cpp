#include "tests/host/personalization/office.hpp"

#include "tests/fuzz/host/fuzzed_cards.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

using session::FaultCode;

/// Another key file than the one that the card was begun with.
class OtherKeys : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, OtherKeys, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

/// A structure that was interrupted, then taken up by an office with those keys.
void expect_other_keys(CardKind kind, keys::MasterKeySet masters, std::string_view what) {
    Office begun{bare_chip(kind), {{virtual_card::FaultKind::removal, 200}}};
    auto const request = request_for(Stage::structure, kind);
    ASSERT_FALSE(begun.personalize(request).ok());
    RememberedMakings makings{begun.makings().all()};
    Office office{begun.memory(), {}, masters};
    office.keep_makings_in(makings);
    auto const made = office.personalize(request);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, FaultCode::other_keys);
    EXPECT_TRUE(says(made.error(), what)) << made.error().detail;
    auto const voided = office.void_card("of no use");
    ASSERT_FALSE(voided.ok());
    EXPECT_EQ(voided.error().code, FaultCode::other_keys);
    EXPECT_EQ(office.connection().commands(), 0U);
    EXPECT_EQ(office.memory(), begun.memory());
    EXPECT_EQ(makings.last().reached, Milestone::begun);
    EXPECT_EQ(makings.last().commands.size(), begun.makings().last().commands.size());

    Office right{begun.memory()};
    right.keep_makings_in(makings);
    EXPECT_TRUE(right.personalize(request).ok());
}

TEST_P(OtherKeys, ACardBegunWithOtherKeysIsLeftAsItIs) {
    expect_other_keys(GetParam(), virtual_card::fuzz_masters(), "TK, TMK, MKMF, IRK");
}

TEST_P(OtherKeys, ACardBegunWithTestKeysIsNotGoneOnWithByOthers) {
    expect_other_keys(GetParam(), {test_masters().keys, false}, "begun with test keys");
}

TEST_P(OtherKeys, KeysThatCameSinceDoNotMatter) {
    auto const few = masters_without({apdu::KeyName::transport_key});
    Office begun{blank(GetParam()), {{virtual_card::FaultKind::removal, 15}}, {few, true}};
    auto const request = request_for(Stage::data, GetParam());
    ASSERT_FALSE(begun.personalize(request).ok());
    RememberedMakings makings{begun.makings().all()};
    Office office{begun.memory()};
    office.keep_makings_in(makings);
    EXPECT_TRUE(office.personalize(request).ok());
}

TEST_P(OtherKeys, AJournalKeepsThreeBytesOfWhatAKeyMakesOfZeros) {
    Office office{bare_chip(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::structure, GetParam())).ok());
    auto const& checks = office.makings().last().making.key_checks;
    ASSERT_EQ(checks.size(), 4U);
    for (KeyCheck const& check : checks) {
        EXPECT_EQ(check.value.size(), 6U) << check.key;
    }
}

} // namespace
} // namespace personalization
