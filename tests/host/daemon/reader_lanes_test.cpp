#include "held_lane.hpp"

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

TEST(ReaderLanes, AReaderThatWentIsToldWithTheTime) {
    Desk desk{{}};
    desk.lanes().update(list_of({"A", "B"}));
    desk.lanes().update(list_of({"B"}));
    auto const told = desk.lanes().readers().value();
    ASSERT_EQ(told.gone.size(), 1U);
    EXPECT_EQ(told.gone[0].name, "A");
    EXPECT_EQ(told.gone[0].since.size(), std::string{"2024-01-31T12:00:00.000Z"}.size());
    desk.lanes().update(list_of({"A", "B"}));
    EXPECT_TRUE(desk.lanes().readers().value().gone.empty());
}

TEST(ReaderLanes, CountsOutliveTheReadersAbsence) {
    Desk desk{{live_card(), std::nullopt}};
    EXPECT_TRUE(desk.ask(api::PinStatusRequest{"1"}).ok());
    EXPECT_FALSE(desk.ask(api::PinStatusRequest{"2"}).ok());
    desk.lanes().update(list_of({}));
    desk.lanes().update(list_of({"Reader 1", "Reader 2"}));
    auto const told = desk.lanes().readers().value().readers;
    EXPECT_EQ(told[0].lane.done, 1U);
    EXPECT_TRUE(told[0].lane.failed.empty());
    EXPECT_EQ(told[1].lane.done, 0U);
    ASSERT_EQ(told[1].lane.failed.size(), 1U);
    EXPECT_EQ(told[1].lane.failed[0].code, "no_card");
    EXPECT_EQ(told[1].lane.failed[0].count, 1U);
    EXPECT_EQ(told[1].lane.last_fault->code, "no_card");
}

TEST(ReaderLanes, OfManyNamesThoseThatWentFirstAreForgotten) {
    Desk desk{{}};
    for (std::size_t i = 0; i < known_readers_max + 10; ++i) {
        desk.lanes().update(list_of({"Reader " + std::to_string(i)}));
    }
    auto const told = desk.lanes().readers().value();
    EXPECT_EQ(told.gone.size(), known_readers_max - 1);
    EXPECT_EQ(told.gone.front().name, "Reader 10");
}

std::vector<std::string> told_events(ReaderLanes const& lanes) {
    std::vector<std::string> all;
    for (api::Event const& event : lanes.events().after(0).events) {
        all.push_back(std::string{api::name_of(event.kind)} + " " + event.reader.value_or("") +
                      (event.operation ? ", " + *event.operation : "") +
                      (event.fault ? ", " + *event.fault : ""));
    }
    return all;
}

using Events = std::vector<std::string>;

TEST(ReaderLanes, WhatComesAndGoesIsAnEvent) {
    Desk desk{{}};
    pcsc::ReaderList list = list_of({"A", "B"});
    desk.lanes().update(list);
    list.readers[0].card_present = true;
    list.readers[0].card_events = 1;
    desk.lanes().update(list);
    list.readers[0].card_events = 3; // pulled, and another put in, between two looks
    desk.lanes().update(list);
    list.readers[0].card_present = false;
    list.readers[0].card_events = 4;
    desk.lanes().update(list);
    desk.lanes().update(list_of({"B"}));
    desk.lanes().update({});
    EXPECT_EQ(
        told_events(desk.lanes()),
        (Events{"service_back ", "reader_arrived A", "reader_arrived B", "card_in A", "card_out A",
                "card_in A", "card_out A", "reader_gone A", "service_gone ", "reader_gone B"}));
}

TEST(ReaderLanes, JobsAreEvents) {
    Desk desk{{live_card(), std::nullopt}};
    std::uint64_t const before = desk.lanes().events().last();
    EXPECT_TRUE(desk.ask(api::PinStatusRequest{"1"}).ok());
    EXPECT_FALSE(desk.ask(api::BasicDataRequest{"2"}).ok());
    api::EventList news = desk.lanes().events().after(before);
    while (news.events.size() < 4) { // the client hears first
        std::this_thread::yield();
        news = desk.lanes().events().after(before);
    }
    Events const all = told_events(desk.lanes());
    EXPECT_EQ((Events{all.end() - 4, all.end()}),
              (Events{"job_begun Reader 1, pin status", "job_done Reader 1, pin status",
                      "job_begun Reader 2, card info", "job_failed Reader 2, card info, no_card"}));
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
    EXPECT_FALSE(desk.lanes().have_ended());
    held.release();
    while (!desk.lanes().have_ended()) {
        std::this_thread::yield();
    }
}

} // namespace
} // namespace sscardd
