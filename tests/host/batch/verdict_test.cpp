#include "host/batch/verdict.hpp"

#include "host/api/fault_text.hpp"

#include <gtest/gtest.h>
#include <set>

namespace batch {
namespace {

TEST(Verdict, ACardIsOnlyHandedOnWhereItIsSureThatNothingWasWritten) {
    EXPECT_EQ(verdict_on("record_invalid"), Verdict::person);
    EXPECT_EQ(verdict_on("already_personalized"), Verdict::unsuitable);
    EXPECT_EQ(verdict_on("card_voided"), Verdict::spoiled);
    EXPECT_EQ(verdict_on("authentication_failed"), Verdict::unproven);
    EXPECT_EQ(verdict_on("card_not_genuine"), Verdict::unproven);
    EXPECT_EQ(verdict_on("card_mute"), Verdict::contact);
    EXPECT_EQ(verdict_on("card_removed"), Verdict::gone);
    EXPECT_EQ(verdict_on("no_daemon"), Verdict::outage);
    EXPECT_EQ(verdict_on("journal_failed"), Verdict::halt);
    EXPECT_EQ(verdict_on("request_invalid"), Verdict::halt);
    EXPECT_EQ(verdict_on("not_this_card"), Verdict::unsuitable);
    EXPECT_EQ(verdict_on("a fault of tomorrow"), Verdict::spoiled);
}

/// The faults that say that the card failed; every other one that there is has another verdict.
TEST(Verdict, EveryFaultWasThoughtOf) {
    std::set<std::string_view> spoiled;
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            if (verdict_on(text.code) == Verdict::spoiled) {
                spoiled.insert(text.code);
            }
        }
    }
    std::set<std::string_view> const expected{
        "card_voided", "journal_damaged", "card_id_malformed", "unexpected_status", "access_never",
        "key_locked",
        // not faults of making a card
        "pin_wrong", "pin_blocked", "pin_not_set", "pin_needed", "pin_malformed", "pin_not_given",
        "pins_differ", "lease_unknown", "too_many_streams", "last_try_refused", "desk_pin_refused",
        "bank_application", "not_confirmed", "output_failed", "unknown_file", "unknown_item",
        "several_readers"};
    EXPECT_EQ(spoiled, expected);
}

} // namespace
} // namespace batch
