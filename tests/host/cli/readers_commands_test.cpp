#include "tests/host/cli/counter.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;

/// Times are told in a time zone that is known.
class ReadersCommands : public testing::Test {
public:
    ReadersCommands() {
        setenv("TZ", "Asia/Shanghai", 1);
        unsetenv("SSCARD_LEASE");
        tzset();
    }
    Counter counter{};
};

api::Reader reader_named(std::uint32_t number, std::string name) {
    return {number, std::move(name), false, false, false, std::nullopt, {}};
}

TEST_F(ReadersCommands, TellWhatEachReaderIsAt) {
    counter.service.on<api::ReadersRequest>() = [](auto&, auto&) {
        api::ReaderList list;
        list.readers = {reader_named(1, "A"), reader_named(2, "B"), reader_named(3, "C")};
        list.readers[1].lane.state = api::LaneState::busy;
        list.readers[1].lane.work = {"card personalize", "2024-01-31T12:00:00.000Z", std::nullopt,
                                     12, 40};
        list.readers[1].lane.waiting = 2;
        list.readers[2].lane.state = api::LaneState::hanging;
        list.readers[2].lane.work = {"card info", "2024-01-31T12:00:00.000Z",
                                     "2024-01-31T12:00:01.000Z", 0, 0};
        return list;
    };
    EXPECT_EQ(
        counter.run({"readers"}).out,
        "No.  Reader  Card     Work                                                         ATR\n"
        "1    A       no card  idle\n"
        "2    B       no card  card personalize 12/40 since 2024-01-31 20:00:00, 2 waiting\n"
        "3    C       no card  hangs since 2024-01-31 20:00:01 (card info)\n");
    Json const json = json_of(counter.run({"readers", "--json"}).out);
    EXPECT_EQ(json[0]["lane"]["state"], "idle");
    EXPECT_EQ(json[1]["lane"]["work"]["steps_done"], 12);
    EXPECT_EQ(json[2]["lane"]["work"]["hangs_since"], "2024-01-31T12:00:01.000Z");
}

TEST_F(ReadersCommands, TellFaultsByTheirCauseAndReadersThatAreGone) {
    counter.service.on<api::ReadersRequest>() = [](auto&, auto&) {
        api::ReaderList list;
        list.readers = {reader_named(1, "A")};
        list.readers[0].lane.done = 7;
        list.readers[0].lane.failed = {{"card_removed", 2}, {"no_card", 1}};
        list.readers[0].lane.last_fault = api::LastFault{"no_card", "2024-01-31T12:00:00.000Z"};
        list.gone = {{"B", "2024-01-31T12:00:00.000Z"}};
        return list;
    };
    std::string const out = counter.run({"readers"}).out;
    EXPECT_TRUE(contains(out, "Faults since the daemon started:\n"
                              "  1  A  done 7  card_removed 2, no_card 1; last no_card 2024-01-31 "
                              "20:00:00\n"
                              "Gone since 2024-01-31 20:00:00: B\n"))
        << out;
}

TEST_F(ReadersCommands, TellWhoHasLeasedAReader) {
    counter.service.on<api::ReadersRequest>() = [](auto&, auto&) {
        api::ReaderList list;
        list.readers = {reader_named(1, "A")};
        list.readers[0].lane.lease = {"counter 3", "staff", "2024-01-31T12:00:00.000Z"};
        return list;
    };
    EXPECT_TRUE(contains(counter.run({"readers"}).out,
                         "idle, leased for counter 3 by staff until 2024-01-31 20:00:00"));
}

TEST_F(ReadersCommands, LeasePrintsTheTokenAlone) {
    counter.service.on<api::LeaseRequest>() = [](auto& request, auto&) {
        EXPECT_EQ(request.reader, "2");
        EXPECT_EQ(request.purpose, "counter 3");
        EXPECT_EQ(request.ttl_s, 300U);
        return api::Lease{"A1B2", "Reader B", "2024-01-31T12:00:00.000Z"};
    };
    auto const ran = counter.run(
        {"readers", "lease", "--reader", "2", "--for", "300", "--purpose", "counter 3"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "A1B2\n");
    EXPECT_EQ(ran.err, "Reader B is yours until 2024-01-31 20:00:00.\n");
}

TEST_F(ReadersCommands, EveryCommandShowsTheTokenOfItsOptionElseOfTheEnvironment) {
    std::string shown;
    counter.service.on<api::PinStatusRequest>() = [&](auto&, api::Caller& caller) {
        shown = caller.lease();
        return api::PinStatus{api::PinState::set, 6};
    };
    EXPECT_EQ(counter.run({"pin", "status"}).status, 0);
    EXPECT_EQ(shown, "");
    setenv("SSCARD_LEASE", "C3D4", 1);
    EXPECT_EQ(counter.run({"pin", "status"}).status, 0);
    EXPECT_EQ(shown, "C3D4");
    EXPECT_EQ(counter.run({"pin", "status", "--lease", "A1B2"}).status, 0);
    EXPECT_EQ(shown, "A1B2");
}

TEST_F(ReadersCommands, RenewAndReleaseShowTheToken) {
    counter.service.on<api::LeaseRenewalRequest>() = [](auto& request, api::Caller& caller) {
        EXPECT_EQ(request.ttl_s, 60U);
        return api::Lease{caller.lease(), "Reader B", "2024-01-31T12:00:00.000Z"};
    };
    counter.service.on<api::LeaseReleaseRequest>() = [](auto&, api::Caller& caller) {
        return api::Released{caller.lease() == "A1B2" ? "Reader B" : "?"};
    };
    EXPECT_EQ(counter.run({"--lease", "A1B2", "readers", "renew"}).out, "A1B2\n");
    EXPECT_EQ(counter.run({"--lease", "A1B2", "readers", "release"}).out,
              "Reader B is free again.\n");
}

TEST_F(ReadersCommands, AReaderThatIsLeasedIsAReadersFault) {
    counter.refuse<api::PinStatusRequest>(api::fault("reader_leased", "Reader B (counter 3)"));
    auto const ran = counter.run({"pin", "status"});
    EXPECT_EQ(ran.status, 4);
    EXPECT_TRUE(contains(ran.err, "Somebody has the reader for himself. [Reader B (counter 3)]"));
}

/// Events as a daemon sends them.
void send_two(api::Caller& caller) {
    caller.tell(api::LostEvents{3});
    caller.tell(
        api::Event{4, "2024-01-31T12:00:00.000Z", api::EventKind::card_in, "Reader B", {}, {}});
    caller.tell(api::Event{5, "2024-01-31T12:00:01.000Z", api::EventKind::job_failed, "Reader B",
                           "card info", "card_removed"});
}

TEST_F(ReadersCommands, EventsAreToldAsTheyCome) {
    counter.service.on<api::EventsRequest>() = [](auto& request, api::Caller& caller) {
        EXPECT_TRUE(request.follow);
        EXPECT_EQ(request.since, 3U);
        send_two(caller);
        return api::EventList{{}, 5, 3};
    };
    auto const ran = counter.run({"events", "--since", "3"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "4  2024-01-31 20:00:00  Reader B  a card was put in\n"
                       "5  2024-01-31 20:00:01  Reader B  card info: failed [card_removed]\n");
    EXPECT_EQ(ran.err, "3 events are no longer remembered.\n");
}

TEST_F(ReadersCommands, EventsForAProgramAreOneObjectALine) {
    counter.service.on<api::EventsRequest>() = [](auto&, api::Caller& caller) {
        send_two(caller);
        return api::EventList{{}, 5, 3};
    };
    std::istringstream lines{counter.run({"events", "--json"}).out};
    std::vector<Json> all;
    for (std::string line; std::getline(lines, line);) {
        all.push_back(json_of(line));
    }
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0], (Json{{"lost", 3}}));
    EXPECT_EQ(all[1]["kind"], "card_in");
    EXPECT_EQ(all[1]["operation"], nullptr);
    EXPECT_EQ(all[2]["number"], 5);
    EXPECT_EQ(all[2]["fault"], "card_removed");
}

TEST_F(ReadersCommands, EventsOnceAreWhatIsRemembered) {
    counter.service.on<api::EventsRequest>() = [](auto& request, auto&) {
        EXPECT_FALSE(request.follow);
        EXPECT_FALSE(request.since);
        return api::EventList{
            {{1, "2024-01-31T12:00:00.000Z", api::EventKind::service_back, {}, {}, {}}}, 1, 0};
    };
    EXPECT_EQ(counter.run({"events", "--once"}).out,
              "1  2024-01-31 20:00:00  the PC/SC service is back\n");
}

TEST_F(ReadersCommands, EventsThatAreRefusedAreAFault) {
    counter.refuse<api::EventsRequest>(api::fault("too_many_streams"));
    auto const ran = counter.run({"events"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(contains(ran.err, "Too many programs follow the events."));
}

} // namespace
