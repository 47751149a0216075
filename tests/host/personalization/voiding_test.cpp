#include "tests/host/personalization/stopping_points.hpp"

#include "host/session/card_session.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

using session::FaultCode;
using virtual_card::FaultKind;

class Void : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Card, Void, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

TEST_P(Void, AFinishedCardIsBlockedAndRecordedWithTheReason) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
    auto const voided = office.void_card("misprinted");
    ASSERT_TRUE(voided.ok()) << to_text(voided.error().code);
    EXPECT_EQ(voided.value().how, VoidedBy::card_block);
    EXPECT_EQ(voided.value().card_id.size(), 32U);
    EXPECT_EQ(office.makings().last().void_reason, "misprinted");
    auto const opened = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, FaultCode::card_blocked);
}

TEST_P(Void, AStructureThatIsNotClosedIsDeletedWhereverItStopped) {
    auto const start = bare_chip(GetParam());
    for (auto const& point : stopping_points(start, request_for(Stage::structure, GetParam()))) {
        if (point.makings.empty() || point.makings.back().reached == Milestone::made) {
            continue;
        }
        Office office{point.memory};
        RememberedMakings makings{point.makings};
        office.keep_makings_in(makings);
        auto const voided = office.void_card("left behind");
        ASSERT_TRUE(voided.ok()) << point.command << " " << to_text(voided.error().code);
        EXPECT_EQ(voided.value().how, VoidedBy::structure_deleted) << point.command;
        EXPECT_EQ(office.memory(), start) << point.command;
        EXPECT_EQ(makings.last().reached, Milestone::voided) << point.command;
    }
}

TEST_P(Void, AHalfWrittenCardIsBlockedWhereverItStopped) {
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(zhang_san_everywhere());
    for (auto const& point : stopping_points(blank(GetParam()), request)) {
        Office office{point.memory};
        RememberedMakings makings{point.makings};
        office.keep_makings_in(makings);
        auto const voided = office.void_card("left behind");
        ASSERT_TRUE(voided.ok()) << point.command << " " << to_text(voided.error().code);
        EXPECT_EQ(voided.value().how, VoidedBy::card_block) << point.command;
        EXPECT_EQ(makings.last().reached, Milestone::voided) << point.command;
    }
}

TEST_P(Void, ACardThatIsBlockedAlreadyIsRecorded) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.void_card("first").ok());
    auto const again = office.void_card("second");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again.value().how, VoidedBy::card_block);
}

TEST_P(Void, ABareChipHasNothingToVoid) {
    Office office{bare_chip(GetParam())};
    auto const voided = office.void_card("no reason");
    ASSERT_FALSE(voided.ok());
    EXPECT_EQ(voided.error().code, FaultCode::bare_chip);
    EXPECT_TRUE(office.makings().all().empty());
}

TEST_P(Void, AStructureWithoutAJournalIsDeletedAsTheLikelyCards) {
    auto const start = bare_chip(GetParam());
    Office office{start, {{FaultKind::removal, 60}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::structure, GetParam())).ok());
    RememberedMakings lost;
    office.keep_makings_in(lost);
    office.connection().insert();
    keys::CardIdentity const likely = card_plan(GetParam()).identity();
    auto const voided = office.void_card("its journal is lost", &likely);
    ASSERT_TRUE(voided.ok()) << to_text(voided.error().code);
    EXPECT_EQ(office.memory(), start);
}

TEST_P(Void, ACardThatIsNotGenuineIsLeftAlone) {
    Office office{blank(GetParam()), {{FaultKind::wrong_authentication}}};
    auto const before = office.memory();
    auto const voided = office.void_card("stolen");
    ASSERT_FALSE(voided.ok());
    EXPECT_EQ(voided.error().code, FaultCode::card_not_genuine);
    EXPECT_EQ(office.memory(), before);
    EXPECT_TRUE(office.makings().all().empty());
}

TEST_P(Void, ACardWhoseJournalIsDamagedIsVoidedByTheCommandThatMeetsIt) {
    Office office{blank(GetParam()), {{FaultKind::removal, 15}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::data, GetParam())).ok());
    office.connection().insert();
    office.makings().damage();
    auto const again = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, FaultCode::card_voided);
    EXPECT_EQ(office.makings().last().reached, Milestone::voided);
    office.connection().insert();
    auto const opened = session::CardSession::open(office.channel(), &office.keys());
    EXPECT_EQ(opened.error().code, FaultCode::card_blocked);
}

TEST_P(Void, ACommandThatAsksForSomethingElseDoesNotTouchACardInMaking) {
    Office office{blank(GetParam()), {{FaultKind::removal, 15}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::data, GetParam())).ok());
    office.connection().insert();
    auto const before = office.memory();
    auto other = request_for(Stage::data, GetParam());
    std::string record{zhang_san};
    record.replace(record.find("110101190001010014"), 18, "510101190001010019");
    record.replace(record.find("\"birth_place\": \"110101\""), 23, "\"birth_place\": \"510101\"");
    other.person = record_of(record);
    auto const refused = office.personalize(other);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::card_in_making);
    ASSERT_EQ(refused.error().problems.size(), 1U);
    EXPECT_EQ(refused.error().problems.front().where,
              "/record/holder_basic_data/social_security_number");
    EXPECT_EQ(office.memory(), before);
}

} // namespace
} // namespace personalization
