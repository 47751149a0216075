#include "host/daemon/lease_book.hpp"

#include <gtest/gtest.h>

#include <set>

namespace sscardd {
namespace {

using namespace std::chrono_literals;

/// A book whose time goes on only when the test says so.
class Leases : public testing::Test {
public:
    api::Outcome<api::Lease> take(std::string const& reader) {
        return book.take({reader, "counter 3", "staff", 60s});
    }
    std::string code_of_refusal(std::string const& reader, std::string const& token) {
        auto const fault = book.refusal(reader, token);
        return fault ? fault->code : "";
    }
    std::vector<api::EventKind> kinds() {
        std::vector<api::EventKind> all;
        for (api::Event const& event : log.after(0).events) {
            EXPECT_EQ(event.reader, "A");
            all.push_back(event.kind);
        }
        return all;
    }
    LeaseBook::Clock::time_point now{};
    EventLog log{};
    LeaseBook book{log, [this] { return now; }};
};

TEST_F(Leases, WithoutALeaseEverybodyMayUseAReader) {
    EXPECT_EQ(code_of_refusal("A", ""), "");
    EXPECT_FALSE(book.on("A"));
}

TEST_F(Leases, KeepOthersFromTheReaderAndFromNoOther) {
    std::string const token = take("A").value().token;
    EXPECT_EQ(code_of_refusal("A", token), "");
    EXPECT_EQ(code_of_refusal("A", ""), "reader_leased");
    EXPECT_EQ(code_of_refusal("B", ""), "");
    EXPECT_EQ(code_of_refusal("B", token), "lease_unknown");
    EXPECT_EQ(code_of_refusal("A", std::string(token.size(), '0')), "lease_unknown");
    EXPECT_EQ(code_of_refusal("A", token.substr(1)), "lease_unknown");
}

TEST_F(Leases, TellWhoHasTheReaderAndUntilWhen) {
    auto const lease = take("A").value();
    auto const state = book.on("A");
    ASSERT_TRUE(state);
    EXPECT_EQ(state->purpose, "counter 3");
    EXPECT_EQ(state->user, "staff");
    EXPECT_EQ(state->until, lease.until);
    std::string const detail = book.refusal("A", "")->detail;
    EXPECT_EQ(detail, "A (counter 3, staff, " + lease.until + ")");
    EXPECT_EQ(detail.find(lease.token), std::string::npos);
}

TEST_F(Leases, AreNotGivenTwice) {
    EXPECT_TRUE(take("A").ok());
    auto const second = take("A");
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "reader_leased");
    EXPECT_TRUE(take("B").ok());
}

TEST_F(Leases, EndByThemselves) {
    std::string const token = take("A").value().token;
    now += 59s;
    EXPECT_EQ(code_of_refusal("A", ""), "reader_leased");
    now += 1s;
    EXPECT_EQ(code_of_refusal("A", ""), "");
    EXPECT_EQ(code_of_refusal("A", token), "lease_unknown"); // others may have been at the card
    EXPECT_FALSE(book.reader_of(token));
    EXPECT_TRUE(take("A").ok());
}

TEST_F(Leases, LastLongerWhenTheyAreRenewed) {
    std::string const token = take("A").value().token;
    now += 59s;
    EXPECT_EQ(book.renew(token, 60s).value().reader, "A");
    now += 59s;
    EXPECT_EQ(code_of_refusal("A", token), "");
    now += 1s;
    EXPECT_EQ(book.renew(token, 60s).error().code, "lease_unknown");
}

TEST_F(Leases, AreReleasedByTheirTokenOnly) {
    std::string const token = take("A").value().token;
    EXPECT_EQ(book.release("").error().code, "lease_unknown");
    EXPECT_EQ(book.release("00112233").error().code, "lease_unknown");
    EXPECT_EQ(book.release(token).value().reader, "A");
    EXPECT_EQ(code_of_refusal("A", ""), "");
    EXPECT_EQ(book.release(token).error().code, "lease_unknown");
}

TEST_F(Leases, HaveTokensThatNobodyGuesses) {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) {
        std::string const token = take("R" + std::to_string(i)).value().token;
        EXPECT_EQ(token.size(), 32U);
        EXPECT_EQ(book.reader_of(token), "R" + std::to_string(i));
        tokens.insert(token);
    }
    EXPECT_EQ(tokens.size(), 100U);
}

TEST_F(Leases, AreEvents) {
    using api::EventKind;
    std::string const token = take("A").value().token;
    EXPECT_TRUE(book.release(token).ok());
    EXPECT_TRUE(take("A").ok());
    now += 60s;
    book.expire();
    EXPECT_EQ(kinds(), (std::vector{EventKind::lease_taken, EventKind::lease_released,
                                    EventKind::lease_taken, EventKind::lease_expired}));
}

} // namespace
} // namespace sscardd
