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
    EXPECT_EQ(verdict_on("keys_locked"), Verdict::halt);
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
        "terminal_pin_refused", "no_pin_pad", "pin_entry_cancelled", "pin_entry_timed_out",
        "no_terminal", "terminal_provisioned", "terminal_refused", "bank_application",
        "not_confirmed", "output_failed", "unknown_file", "unknown_item", "several_readers",
        // of the key store, which a card only meets locked
        "passphrase_wrong", "passphrase_wait", "passphrase_short", "passphrase_not_given",
        "passphrases_differ", "credential_missing", "credential_wrong", "memory_not_locked",
        "sealing_failed", "no_key_store", "key_known", "key_unknown", "key_in_the_field",
        "terminal_key_missing", "terminal_keys_elsewhere", "key_in_use", "key_not_rotated",
        "check_value_differs", "key_file_invalid", "keys_in_clear", "test_keys_in_use",
        "test_keys_mixed", "test_keys_refused", "store_missing", "store_exists",
        "store_not_readable", "store_permissions", "store_in_use", "store_foreign",
        "store_version_unknown", "store_header_damaged", "store_truncated", "store_damaged",
        "store_sealed_otherwise", "store_not_written", "store_maybe_not_kept", "store_full",
        // of ceremonies and minutes
        "ceremony_running", "ceremony_unknown", "ceremony_not_confirmed", "part_malformed",
        "part_mistyped", "part_not_shown", "part_repeated", "part_weak", "part_foreign",
        "backup_malformed", "backup_damaged", "store_not_empty", "part_missing", "part_shown",
        "part_not_given", "key_weak", "key_check_value_differs", "minutes_not_written",
        "minutes_damaged", "minutes_not_drawn", "minutes_unknown",
        // of an HSM, which a job meets as a key service that failed
        "hsm_module_unusable", "hsm_token_missing", "hsm_pin_wrong", "hsm_pin_at_risk",
        "hsm_pin_locked", "hsm_lost", "hsm_mechanism_missing", "hsm_refused", "hsm_busy",
        "psam_absent", "psam_hangs", "psam_unusable", "hsm_keys_stay", "hsm_key_leaves",
        "hsm_spare_lacks", "no_hsm"};
    EXPECT_EQ(spoiled, expected);
}

} // namespace
} // namespace batch
