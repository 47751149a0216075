#include "host/daemon/event_log.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace sscardd {
namespace {

using api::EventKind;
using namespace std::chrono_literals;

TEST(EventLog, IsEmptyAtFirst) {
    EventLog const log;
    EXPECT_EQ(log.last(), 0U);
    api::EventList const list = log.after(0);
    EXPECT_TRUE(list.events.empty());
    EXPECT_EQ(list.lost, 0U);
}

TEST(EventLog, NumbersWhatHappensAndTellsItInItsOrder) {
    EventLog log;
    log.add(EventKind::reader_arrived, {.reader = "A"});
    log.add(EventKind::job_failed, {"A", "card info", "no_card"});
    api::EventList const list = log.after(0);
    ASSERT_EQ(list.events.size(), 2U);
    EXPECT_EQ(list.last, 2U);
    EXPECT_EQ(list.events[0].number, 1U);
    EXPECT_EQ(list.events[0].kind, EventKind::reader_arrived);
    EXPECT_EQ(list.events[0].reader, "A");
    EXPECT_FALSE(list.events[0].operation);
    EXPECT_EQ(list.events[1].number, 2U);
    EXPECT_EQ(list.events[1].operation, "card info");
    EXPECT_EQ(list.events[1].fault, "no_card");
    EXPECT_EQ(list.events[1].time.size(), std::string{"2024-01-31T12:00:00.000Z"}.size());
}

TEST(EventLog, GoesOnAfterANumber) {
    EventLog log;
    for (int i = 0; i < 5; ++i) {
        log.add(EventKind::card_in);
    }
    EXPECT_EQ(log.after(3).events.front().number, 4U);
    EXPECT_TRUE(log.after(5).events.empty());
    EXPECT_EQ(log.after(5).last, 5U);
}

TEST(EventLog, ForgetsTheOldestAndSaysHowMany) {
    EventLog log;
    for (std::size_t i = 0; i < events_max + 10; ++i) {
        log.add(EventKind::card_in);
    }
    api::EventList const all = log.after(0);
    EXPECT_EQ(all.events.size(), events_max);
    EXPECT_EQ(all.lost, 10U);
    EXPECT_EQ(all.events.front().number, 11U);
    EXPECT_EQ(log.after(4).lost, 6U);
    EXPECT_EQ(log.after(10).lost, 0U);
}

TEST(EventLog, ANumberOfAnEarlierDaemonGivesAllThereIs) {
    EventLog log;
    log.add(EventKind::card_in);
    EXPECT_EQ(log.after(1000).events.size(), 1U);
}

TEST(EventLog, WhoWaitsIsWokenByAnEvent) {
    EventLog log;
    std::thread adding{[&] { log.add(EventKind::card_in); }};
    EXPECT_EQ(log.wait_after(0, 60s).events.size(), 1U);
    adding.join();
}

TEST(EventLog, WhoWaitsIsWokenByTheEnd) {
    EventLog log;
    std::thread ending{[&] { log.end(); }};
    EXPECT_TRUE(log.wait_after(0, 60s).events.empty());
    EXPECT_TRUE(log.has_ended());
    ending.join();
}

TEST(EventLog, WithoutAnEventTheWaitEndsInTime) {
    EventLog const log;
    EXPECT_TRUE(log.wait_after(0, 1ms).events.empty());
}

} // namespace
} // namespace sscardd
