#include "desk.hpp"

#include <future>
#include <gtest/gtest.h>

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

TEST(ReaderLane, AFullQueueIsRefused) {
    Desk desk{{live_card()}};
    auto const lane = desk.lanes().choose(std::nullopt).value();
    std::mutex gate;
    gate.lock();
    std::promise<void> started;
    auto const blocking = std::make_shared<LaneJob>([&](LaneTools const&, LaneJob&) {
        started.set_value();
        std::lock_guard const pass{gate};
    });
    ASSERT_TRUE(lane->submit(blocking));
    started.get_future().wait();
    std::vector<std::shared_ptr<LaneJob>> waiting;
    for (std::size_t i = 0; i < lane_queue_max; ++i) {
        waiting.push_back(std::make_shared<LaneJob>([](LaneTools const&, LaneJob&) {}));
        EXPECT_TRUE(lane->submit(waiting.back()));
    }
    EXPECT_FALSE(lane->submit(std::make_shared<LaneJob>([](LaneTools const&, LaneJob&) {})));
    gate.unlock();
    EXPECT_TRUE(waiting.back()->wait(desk.caller));
}

TEST(ReaderLane, WorkThatHasNotBegunIsLeftWhenTheClientHangsUp) {
    Desk desk{{live_card()}};
    auto const lane = desk.lanes().choose(std::nullopt).value();
    std::mutex gate;
    gate.lock();
    auto const blocking = std::make_shared<LaneJob>(
        [&](LaneTools const&, LaneJob&) { std::lock_guard const pass{gate}; });
    bool was_done = false;
    auto const late =
        std::make_shared<LaneJob>([&](LaneTools const&, LaneJob&) { was_done = true; });
    ASSERT_TRUE(lane->submit(blocking));
    ASSERT_TRUE(lane->submit(late));
    desk.caller.hung_up = true;
    EXPECT_FALSE(late->wait(desk.caller));
    gate.unlock();
    TestCaller other;
    EXPECT_TRUE(blocking->wait(other));
    auto const last = std::make_shared<LaneJob>([](LaneTools const&, LaneJob&) {});
    ASSERT_TRUE(lane->submit(last));
    EXPECT_TRUE(last->wait(other));
    EXPECT_FALSE(was_done);
}

} // namespace
} // namespace sscardd
