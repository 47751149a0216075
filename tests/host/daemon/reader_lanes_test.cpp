#include "desk.hpp"

#include <gtest/gtest.h>

#include <future>

namespace sscardd {
namespace {

std::string chosen(ReaderLanes const& lanes, std::optional<std::string> const& wish) {
    auto const lane = lanes.choose(wish);
    return lane.ok() ? lane.value()->reader() : lane.error().code;
}

pcsc::ReaderList list_of(std::vector<std::string> const& names) {
    pcsc::ReaderList list;
    list.service_available = true;
    for (std::string const& name : names) {
        pcsc::ReaderState state;
        state.name = name;
        list.readers.push_back(std::move(state));
    }
    return list;
}

TEST(ReaderLanes, WithoutAServiceNothingIsChosen) {
    Desk desk{{live_card()}};
    desk.lanes().update({});
    EXPECT_EQ(chosen(desk.lanes(), std::nullopt), "no_pcsc_service");
    EXPECT_EQ(desk.lanes().readers().error().code, "no_pcsc_service");
}

TEST(ReaderLanes, WithoutAReaderThereIsNoReader) {
    Desk desk{{}};
    EXPECT_EQ(chosen(desk.lanes(), std::nullopt), "no_reader");
    EXPECT_EQ(chosen(desk.lanes(), "Reader 1"), "no_reader");
}

TEST(ReaderLanes, TheOnlyReaderIsChosenEvenWithoutACard) {
    Desk desk{{std::nullopt}};
    EXPECT_EQ(chosen(desk.lanes(), std::nullopt), "Reader 1");
}

TEST(ReaderLanes, TheOnlyReaderWithACardIsChosen) {
    Desk desk{{std::nullopt, blank_card(), std::nullopt}};
    EXPECT_EQ(chosen(desk.lanes(), std::nullopt), "Reader 2");
}

TEST(ReaderLanes, SeveralCardsMustBeToldApart) {
    Desk desk{{blank_card(), live_card()}};
    auto const lane = desk.lanes().choose(std::nullopt);
    ASSERT_FALSE(lane.ok());
    EXPECT_EQ(lane.error().code, "several_readers");
    EXPECT_EQ(lane.error().detail, "1 Reader 1; 2 Reader 2");
}

TEST(ReaderLanes, AReaderGoesByNumberNameAndPartOfItsName) {
    Desk desk{{}};
    desk.lanes().update(list_of({"Alpha 00 00", "Alpha 00 01", "Beta 00 00"}));
    EXPECT_EQ(chosen(desk.lanes(), "2"), "Alpha 00 01");
    EXPECT_EQ(chosen(desk.lanes(), "Alpha 00 00"), "Alpha 00 00");
    EXPECT_EQ(chosen(desk.lanes(), "Bet"), "Beta 00 00");
    EXPECT_EQ(chosen(desk.lanes(), "Alpha"), "several_readers");
    EXPECT_EQ(chosen(desk.lanes(), "Gamma"), "unknown_reader");
    EXPECT_EQ(chosen(desk.lanes(), "4"), "unknown_reader");
}

TEST(ReaderLanes, AWholeNameComesBeforeAPartOfAnother) {
    Desk desk{{}};
    desk.lanes().update(list_of({"Reader 10", "Reader 1"}));
    EXPECT_EQ(chosen(desk.lanes(), "Reader 1"), "Reader 1");
}

TEST(ReaderLanes, ALaneLivesAsLongAsItsReader) {
    Desk desk{{}};
    desk.lanes().update(list_of({"A", "B"}));
    auto const first = desk.lanes().choose("B").value();
    desk.lanes().update(list_of({"B"}));
    EXPECT_EQ(desk.lanes().choose("B").value(), first);
    desk.lanes().update(list_of({}));
    desk.lanes().update(list_of({"B"}));
    EXPECT_NE(desk.lanes().choose("B").value(), first);
}

using Submission = ReaderLane::Submission;

std::shared_ptr<LaneJob> quick_job() {
    return std::make_shared<LaneJob>([](LaneTools const&, LaneJob&) {});
}

/// A lane that a job holds until release().
class HeldLane {
public:
    explicit HeldLane(std::shared_ptr<ReaderLane> lane) : lane_{std::move(lane)} {
        EXPECT_EQ(lane_->submit(holding_), Submission::accepted);
        started_.get_future().wait();
    }
    [[nodiscard]] ReaderLane& lane() { return *lane_; }
    void release() {
        gate_.set_value();
        TestCaller caller;
        EXPECT_EQ(holding_->wait(caller), JobEnd::done);
    }

private:
    std::shared_ptr<ReaderLane> lane_;
    std::promise<void> started_{};
    std::promise<void> gate_{};
    std::shared_ptr<LaneJob> holding_ = std::make_shared<LaneJob>([this](auto const&, auto&) {
        started_.set_value();
        gate_.get_future().wait();
    });
};

TEST(ReaderLane, AFullQueueIsRefused) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    std::vector<std::shared_ptr<LaneJob>> waiting;
    for (std::size_t i = 0; i < lane_queue_max; ++i) {
        waiting.push_back(quick_job());
        EXPECT_EQ(held.lane().submit(waiting.back()), Submission::accepted);
    }
    EXPECT_EQ(held.lane().submit(quick_job()), Submission::full);
    held.release();
    EXPECT_EQ(waiting.back()->wait(desk.caller), JobEnd::done);
}

TEST(ReaderLane, WorkThatHasNotBegunIsLeftWhenTheClientHangsUp) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    bool was_done = false;
    auto const late =
        std::make_shared<LaneJob>([&](LaneTools const&, LaneJob&) { was_done = true; });
    ASSERT_EQ(held.lane().submit(late), Submission::accepted);
    desk.caller.hung_up = true;
    EXPECT_EQ(late->wait(desk.caller), JobEnd::left_alone);
    held.release();
    auto const last = quick_job();
    TestCaller other;
    ASSERT_EQ(held.lane().submit(last), Submission::accepted);
    EXPECT_EQ(last->wait(other), JobEnd::done);
    EXPECT_FALSE(was_done);
}

TEST(ReaderLane, WorkWhoseTurnDoesNotComeInTimeIsGivenUp) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    auto const late = quick_job();
    ASSERT_EQ(held.lane().submit(late), Submission::accepted);
    EXPECT_EQ(late->wait(desk.caller, std::chrono::milliseconds{0}), JobEnd::too_late);
    held.release();
}

TEST(ReaderLane, WhenItsReaderGoesWaitingWorkIsGivenUpAndNoneIsTaken) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    auto const late = quick_job();
    ASSERT_EQ(held.lane().submit(late), Submission::accepted);
    desk.lanes().update(list_of({}));
    EXPECT_EQ(late->wait(desk.caller), JobEnd::left_alone);
    EXPECT_EQ(held.lane().submit(quick_job()), Submission::closed);
    held.release();
}

TEST(ReaderLanes, AtTheDaemonsEndRunningWorkIsFinishedAndNothingElse) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    auto waiting = std::async(std::launch::async, [&desk] {
        TestCaller caller;
        return desk.service().serve(api::PinStatusRequest{}, caller).error().code;
    });
    desk.lanes().end();
    EXPECT_EQ(waiting.get(), "daemon_stopping");
    EXPECT_EQ(desk.ask(api::PinStatusRequest{}).error().code, "daemon_stopping");
    held.release();
}

} // namespace
} // namespace sscardd
