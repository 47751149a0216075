// Two clients never come between each other's commands at one card.
#include "held_lane.hpp"

namespace sscardd {
namespace {

/// A desk with two readers and a client that has the first for itself.
class LeasedReader : public testing::Test {
public:
    LeasedReader() {
        auto lease = desk.ask(api::LeaseRequest{"1", "counter 3", 60});
        EXPECT_TRUE(lease.ok());
        token = lease.ok() ? lease.value().token : "";
    }
    template <typename Request>
    std::string with_token(Request request) {
        TestCaller caller;
        caller.shown_lease = token;
        auto const outcome = desk.service().serve(std::move(request), caller);
        return outcome.ok() ? "" : outcome.error().code;
    }
    template <typename Request>
    std::string without_token(Request request) {
        auto const outcome = desk.ask(std::move(request));
        return outcome.ok() ? "" : outcome.error().code;
    }
    Desk desk{{live_card(), live_card()}};
    std::string token{};
};

TEST_F(LeasedReader, ServesItsHolderOnly) {
    EXPECT_EQ(with_token(api::PinStatusRequest{"1"}), "");
    EXPECT_EQ(without_token(api::PinStatusRequest{"1"}), "reader_leased");
    EXPECT_EQ(desk.opened(), 1);
}

TEST_F(LeasedReader, LeavesOtherReadersToOthers) {
    EXPECT_EQ(without_token(api::PinStatusRequest{"2"}), "");
    EXPECT_EQ(with_token(api::PinStatusRequest{"2"}), "lease_unknown");
}

TEST_F(LeasedReader, IsWhatItsHolderMeansWithoutSayingIt) {
    EXPECT_EQ(with_token(api::PinStatusRequest{}), "");
    EXPECT_EQ(without_token(api::PinStatusRequest{}), "several_readers");
}

TEST_F(LeasedReader, IsShownAsSuch) {
    auto const readers = desk.lanes().readers().value().readers;
    ASSERT_TRUE(readers[0].lane.lease);
    EXPECT_EQ(readers[0].lane.lease->purpose, "counter 3");
    EXPECT_EQ(readers[0].lane.lease->user, "tester");
    EXPECT_FALSE(readers[1].lane.lease);
}

TEST_F(LeasedReader, IsFreeWhenItIsReleased) {
    EXPECT_EQ(with_token(api::LeaseRenewalRequest{60}), "");
    EXPECT_EQ(with_token(api::LeaseReleaseRequest{}), "");
    EXPECT_EQ(without_token(api::PinStatusRequest{"1"}), "");
    EXPECT_EQ(with_token(api::PinStatusRequest{"1"}), "lease_unknown");
}

TEST_F(LeasedReader, StaysSoWhenItIsPulledOutAndPutBack) {
    auto const list = [](std::vector<std::string> const& names) {
        pcsc::ReaderList readers{.service_available = true};
        for (std::string const& name : names) {
            readers.readers.emplace_back().name = name;
        }
        return readers;
    };
    desk.lanes().update(list({}));
    desk.lanes().update(list({"Reader 1"}));
    EXPECT_EQ(without_token(api::PinStatusRequest{"1"}), "reader_leased");
    EXPECT_EQ(with_token(api::PinStatusRequest{"1"}), "");
}

TEST(Lease, IsRefusedWithoutAPurposeOrWithAnEndlessTime) {
    Desk desk{{live_card()}};
    auto const problem = [&desk](api::LeaseRequest request) {
        auto const outcome = desk.ask(std::move(request));
        return outcome.ok() || outcome.error().problems.empty()
                   ? ""
                   : outcome.error().problems.front().where;
    };
    EXPECT_EQ(problem({std::nullopt, "", 60}), "/purpose");
    EXPECT_EQ(problem({std::nullopt, std::string(65, 'x'), 60}), "/purpose");
    EXPECT_EQ(problem({std::nullopt, "a\nb", 60}), "/purpose");
    EXPECT_EQ(problem({std::nullopt, "a", 0}), "/ttl_s");
    EXPECT_EQ(problem({std::nullopt, "a", 3601}), "/ttl_s");
    EXPECT_EQ(problem({std::nullopt, "a", 3600}), "");
}

TEST(Lease, TakenWhileWorkWaitsThatWorkIsNotBegun) {
    Desk desk{{live_card()}};
    auto const lane = desk.lanes().choose(std::nullopt).value();
    HeldLane held{lane};
    bool was_done = false;
    auto const waiting = std::make_shared<LaneJob>([&](LaneTools const&, LaneJob&) {
        was_done = true;
        return std::nullopt;
    });
    ASSERT_EQ(lane->submit(waiting), ReaderLane::Submission::accepted);
    EXPECT_TRUE(desk.ask(api::LeaseRequest{"1", "counter 3", 60}).ok());
    held.release();
    EXPECT_EQ(waiting->wait(desk.caller), JobEnd::leased);
    EXPECT_FALSE(was_done);
}

} // namespace
} // namespace sscardd
