#include "host/cli/exit_code.hpp"

#include "host/api/fault_text.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using cli::exit_code_of;
using cli::ExitCode;

TEST(ExitCode, IsTheDocumentedNumber) {
    EXPECT_EQ(static_cast<int>(ExitCode::done), 0);
    EXPECT_EQ(static_cast<int>(ExitCode::other), 1);
    EXPECT_EQ(static_cast<int>(ExitCode::usage), 2);
    EXPECT_EQ(static_cast<int>(exit_code_of("no_daemon")), 3);
    EXPECT_EQ(static_cast<int>(exit_code_of("unknown_reader")), 4);
    EXPECT_EQ(static_cast<int>(exit_code_of("no_card")), 5);
    EXPECT_EQ(static_cast<int>(exit_code_of("card_removed")), 5);
    EXPECT_EQ(static_cast<int>(exit_code_of("foreign_card")), 6);
    EXPECT_EQ(static_cast<int>(exit_code_of("card_mute")), 6);
    EXPECT_EQ(static_cast<int>(exit_code_of("pin_wrong")), 7);
    EXPECT_EQ(static_cast<int>(exit_code_of("pin_blocked")), 8);
    EXPECT_EQ(static_cast<int>(exit_code_of("last_try_refused")), 9);
    EXPECT_EQ(static_cast<int>(exit_code_of("bank_application")), 9);
    EXPECT_EQ(static_cast<int>(exit_code_of("key_missing")), 10);
    EXPECT_EQ(static_cast<int>(exit_code_of("record_invalid")), 11);
    EXPECT_EQ(static_cast<int>(exit_code_of("unexpected_status")), 12);
}

TEST(ExitCode, EveryFaultHasOneOfItsOwnKind) {
    std::set<std::string_view> const others{
        "unknown_request",      "answer_late",       "answer_unreadable", "internal_fault",
        "journal_failed",       "journal_damaged",   "too_many_streams",  "store_not_written",
        "store_maybe_not_kept", "store_full",        "output_failed",     "minutes_not_written",
        "minutes_damaged",      "minutes_not_drawn", "backup_damaged"};
    for (auto const& group : api::fault_text_groups()) {
        for (auto const& text : group) {
            EXPECT_EQ(exit_code_of(text.code) == ExitCode::other, others.contains(text.code))
                << text.code;
        }
    }
}

TEST(ExitCode, OfAFaultThatIsUnknownIsOne) {
    EXPECT_EQ(exit_code_of("no_such_fault"), ExitCode::other);
}

TEST(ExitCode, TheTableHasAllInTheirOrder) {
    int expected = 0;
    for (auto const& row : cli::exit_code_meanings()) {
        EXPECT_EQ(static_cast<int>(row.code), expected++);
    }
    EXPECT_EQ(expected, 13);
}

} // namespace
