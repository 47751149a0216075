// A batch against a daemon whose readers and cards are the test's.
#include "tests/host/batch/fed_batch.hpp"

namespace batch {
namespace {

TEST_F(ABatch, GivesEachPersonTheNextCard) {
    put("R1", {"A", "B", "C"});
    run(3);
    EXPECT_EQ(office.made, (Lines{"A a 2026-07", "B b 2026-07", "C c 2026-07"}));
    EXPECT_EQ(results, (Lines{"made a", "made b", "made c"}));
    EXPECT_TRUE(run_->queue().is_over());
}

TEST_F(ABatch, WorksAtAllReaders) {
    put("R1", {"A", "B", "C", "D"});
    put("R2", {"1", "2", "3", "4"});
    run(8);
    std::set<std::string> people_with_card;
    for (std::string const& line : office.made) {
        people_with_card.insert(line.substr(2, 1));
    }
    EXPECT_EQ(office.made.size(), 8U);
    EXPECT_EQ(people_with_card.size(), 8U);
}

TEST_F(ABatch, WorksOnlyWhereItMay) {
    put("Desk 1", {"A", "B"});
    put("Kiosk", {"C", "D"});
    policy.readers = {"Desk"};
    run(2);
    EXPECT_EQ(office.made, (Lines{"A a 2026-07", "B b 2026-07"}));
}

TEST_F(ABatch, AnUnsuitableCardCostsNobodyTheirCard) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"already_personalized"};
    run(1);
    EXPECT_EQ(results, (Lines{"unsuitable a already_personalized", "made a"}));
    EXPECT_TRUE(office.voided.empty());
}

TEST_F(ABatch, ACardThatFailsIsVoidedAndThePersonGetsTheNext) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"unexpected_status"};
    run(1);
    EXPECT_EQ(results, (Lines{"spoiled a unexpected_status", "made a"}));
    EXPECT_EQ(office.voided, Lines{"R1 unexpected_status"});
    EXPECT_EQ(voids, Lines{"void"});
    EXPECT_TRUE(office.replaced.empty());
}

TEST_F(ABatch, ACardThatDoesNotFitTheKeysIsUnsuitableWhereItWasNotBegun) {
    put("R1", {"A", "B", "C"});
    office.faults[chip("A")] = {"authentication_failed"};
    office.faults[chip("B")] = {"card_not_genuine"};
    run(1);
    EXPECT_EQ(results, (Lines{"unsuitable a authentication_failed", "unsuitable a card_not_genuine",
                              "made a"}));
    EXPECT_TRUE(office.voided.empty());
    EXPECT_TRUE(office.replaced.empty());
}

TEST_F(ABatch, ACardThatDoesNotAnswerIsTriedAgain) {
    put("R1", {"A"});
    office.faults[chip("A")] = {"card_mute", "card_mute"};
    policy.retries = 2;
    run(1);
    EXPECT_EQ(results, Lines{"made a"});
}

TEST_F(ABatch, APersonWhoCannotHaveACardLeavesItToTheNext) {
    put("R1", {"A"});
    office.faults[chip("A")] = {"person_has_card"};
    run(2);
    EXPECT_EQ(results, (Lines{"not_made a person_has_card", "made b"}));
    EXPECT_EQ(office.made, Lines{"A b 2026-07"});
}

TEST_F(ABatch, AnotherCardThatLiesThereByNowIsNotVoided) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"unexpected_status"};
    office.swaps_at_once = true;
    run(1);
    EXPECT_EQ(results, (Lines{"spoiled a unexpected_status", "made a"}));
    EXPECT_TRUE(office.voided.empty());
}

TEST_F(ABatch, KnowsAChipByItsHistoricalBytesThoughACheckByteFollowsThem) {
    office.atr_around = {"3B8D01", "2C"}; // T=1: TCK over all bytes but the first
    put("R1", {"A"});
    run(1);
    EXPECT_EQ(office.made, Lines{"A a 2026-07"});
}

TEST_F(ABatch, AReaderThatFailsAndFailsIsLeftOut) {
    put("R1", {"A", "B", "C", "D"});
    for (std::string_view const card : {"A", "B", "C"}) {
        office.faults[chip(card)] = {"unexpected_status"};
    }
    run(1);
    EXPECT_EQ(left_out, Lines{"R1 unexpected_status"});
    EXPECT_EQ(results.size(), 3U);
    EXPECT_FALSE(run_->queue().is_over());
}

TEST_F(ABatch, HaltsWhereSomebodyMustSetThingsRight) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"journal_failed"};
    run(2);
    ASSERT_TRUE(run_->signals().halted_by());
    EXPECT_EQ(run_->signals().halted_by()->code, "journal_failed");
    EXPECT_TRUE(office.made.empty());
}

TEST_F(ABatch, ARequestThatIsWrongForEveryCardHaltsBeforeBlanksAreTurnedAway) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"request_invalid"};
    run(2);
    ASSERT_TRUE(run_->signals().halted_by());
    EXPECT_EQ(run_->signals().halted_by()->code, "request_invalid");
    EXPECT_TRUE(results.empty());
    EXPECT_TRUE(office.made.empty());
}

TEST_F(ABatch, ABlankOfAnotherKindIsUnsuitable) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"not_this_card"};
    run(1);
    EXPECT_EQ(results, (Lines{"unsuitable a not_this_card", "made a"}));
}

TEST_F(ABatch, HaltsAfterTooManyFailures) {
    put("R1", {"A", "B", "C"});
    office.faults[chip("A")] = {"unexpected_status"};
    office.faults[chip("B")] = {"unexpected_status"};
    policy.failures_max = 2;
    run(1);
    EXPECT_TRUE(run_->signals().halted_by());
    EXPECT_EQ(results.size(), 2U);
}

TEST_F(ABatch, PassesOverWhoeverItMadeACardForBefore) {
    api::RegisteredCard card;
    card.state = "live";
    card.social_security_number = "a";
    card.batch = "2026-07";
    office.registered.push_back(card);
    card.social_security_number = "b";
    card.batch = "";
    office.registered.push_back(card);
    put("R1", {"A"});
    run(3);
    EXPECT_EQ(preparation.made_before, 1U);
    ASSERT_EQ(preparation.have_card.size(), 1U);
    EXPECT_EQ(preparation.have_card[0]->name, "b");
    EXPECT_EQ(office.made, Lines{"A c 2026-07"});
}

TEST_F(ABatch, FaultyRecordsAreAllToldBeforeTheFirstCard) {
    office.service.on<api::RecordCheckRequest>() = [](auto& request, auto&) {
        if (request.record.text == "b") {
            return api::Outcome<api::RecordCheck>{
                api::Outcome<api::RecordCheck>{api::RecordCheck{}}};
        }
        api::Fault fault = api::fault("record_invalid");
        fault.problems.push_back({"/name", "too_long", ""});
        return api::Outcome<api::RecordCheck>{fault};
    };
    put("R1", {"B"});
    run(3);
    ASSERT_EQ(preparation.problems.size(), 2U);
    EXPECT_EQ(preparation.problems[0].where, "/1/name");
    EXPECT_EQ(preparation.problems[1].where, "/3/name");
    EXPECT_EQ(office.made, Lines{"B b 2026-07"});
}

} // namespace
} // namespace batch
