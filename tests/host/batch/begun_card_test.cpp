// Cards of a batch that were begun and not finished.
#include "tests/host/batch/fed_batch.hpp"

namespace batch {
namespace {

TEST_F(ABatch, ABegunCardThatCannotBeVoidedIsReplaced) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"card_removed", "unexpected_status"};
    office.service.on<api::CardVoidRequest>() = [this](auto& request, auto&) {
        std::lock_guard const lock{office.mutex};
        office.take_out(*request.reader);
        return api::Outcome<api::Voided>{api::fault("card_mute")};
    };
    run(1);
    EXPECT_EQ(results,
              (Lines{"interrupted a card_removed", "spoiled a unexpected_status", "made a"}));
    EXPECT_EQ(voids, Lines{"not void card_mute"});
    EXPECT_EQ(office.replaced, std::set<std::string>{chip("B")});
}

TEST_F(ABatch, ACardThatWasSwappedBeforeTheRequestIsNotTakenForTheOther) {
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "a";
    card.reset_info = chip("A");
    office.registered.push_back(card);
    put("R1", {"A", "B", "A"});
    office.swapped_before_request = {chip("A")};
    run(2);
    EXPECT_EQ(results, (Lines{"interrupted a card_removed", "made b", "made a"}));
    EXPECT_EQ(office.made, (Lines{"B b 2026-07", "A a 2026-07"}));
}

TEST_F(ABatch, ACardBegunForAPersonIsKeptForThemThoughTheyAreSaidToHaveOne) {
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "a";
    card.reset_info = chip("A");
    office.registered.push_back(card);
    put("R1", {"A", "B", "A"});
    office.faults[chip("A")] = {"person_has_card"};
    office.is_taken_out_after_fault = true;
    run(2);
    EXPECT_EQ(results, (Lines{"interrupted a person_has_card", "made b", "made a"}));
    EXPECT_EQ(office.made, (Lines{"B b 2026-07", "A a 2026-07"}));
}

TEST_F(ABatch, APulledCardIsFinishedForItsPersonWhenItComesBack) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"card_removed"};
    run(2);
    EXPECT_EQ(results, (Lines{"interrupted a card_removed", "made a", "made b"}));
    EXPECT_EQ(office.made, (Lines{"A a 2026-07", "B b 2026-07"}));
}

TEST_F(ABatch, ACardWhoseAnswerWasLostIsMadeAndNotMadeAgain) {
    put("R1", {"A", "B"});
    policy.replacement = true;
    office.faults[chip("A")] = {"already_personalized"};
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "a";
    card.reset_info = chip("A");
    card.batch = "2026-07";
    office.registered.push_back(card);
    office.settles_before_fault = true; // it became live while the daemon was away
    run(2);
    EXPECT_EQ(results, (Lines{"made a", "made b"}));
    EXPECT_EQ(office.made, Lines{"B b 2026-07"});
}

TEST_F(ABatch, GoesOnWithCardsThatAnEarlierRunBegan) {
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "b";
    card.reset_info = chip("B");
    office.registered.push_back(card);
    put("R1", {"B", "A"});
    run(2);
    EXPECT_EQ(preparation.begun_before, 1U);
    EXPECT_EQ(office.made, (Lines{"B b 2026-07", "A a 2026-07"}));
}

TEST_F(ABatch, ALostCardThatWasBegunIsGivenUpWhereThatIsWished) {
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "a";
    card.reset_info = chip("LOST");
    office.registered.push_back(card);
    put("R1", {"A"});
    policy.remake = true;
    run(1);
    EXPECT_EQ(office.made, Lines{"A a 2026-07"});
    EXPECT_EQ(office.replaced, std::set<std::string>{chip("A")});
}

TEST_F(ABatch, ABegunCardThatRefusesAKeyIsSpoiled) {
    put("R1", {"A", "B"});
    office.faults[chip("A")] = {"card_removed", "authentication_failed"};
    run(1);
    EXPECT_EQ(results,
              (Lines{"interrupted a card_removed", "spoiled a authentication_failed", "made a"}));
    EXPECT_EQ(voids, Lines{"not void card_removed"}); // another card lay there by then
    EXPECT_EQ(office.replaced, std::set<std::string>{chip("B")});
}

TEST_F(ABatch, ABegunCardIsKeptForItsPersonThoughItIsUnsuitableNow) {
    api::RegisteredCard card;
    card.state = "in_making";
    card.social_security_number = "a";
    card.reset_info = chip("A");
    office.registered.push_back(card);
    put("R1", {"A", "B", "A"});
    office.faults[chip("A")] = {"card_in_making"};
    run(2);
    EXPECT_EQ(results, (Lines{"interrupted a card_in_making", "made b", "made a"}));
    EXPECT_EQ(office.made, (Lines{"B b 2026-07", "A a 2026-07"}));
}

} // namespace
} // namespace batch
