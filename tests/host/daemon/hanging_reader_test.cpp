// A reader that does not answer costs its own lane and nothing else.
#include "desk.hpp"

#include "host/daemon/at_card.hpp"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

namespace sscardd {
namespace {

using namespace std::chrono_literals;

constexpr LaneTimes times{60s, 50ms};

/// A point at which a call into a reader stays until it is let go.
class Hang {
public:
    void stay() {
        came_.count_down();
        gone_.wait();
    }
    void wait_for_call() { came_.wait(); }
    void let_go() {
        if (!gone_.try_wait()) {
            gone_.count_down();
        }
    }

private:
    std::latch came_{1};
    std::latch gone_{1};
};

/// A card that answers 9000 to its first command and hangs at the second.
class HangingCard final : public apdu::CardConnection {
public:
    HangingCard(Hang& hang, std::atomic<int>& commands) : hang_{hang}, commands_{commands} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView /*command*/,
                                       apdu::ByteSpan response) override {
        if (++commands_ == 2) {
            hang_.stay();
        }
        response[0] = 0x90;
        response[1] = 0x00;
        return std::size_t{2};
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return {}; }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

private:
    Hang& hang_;
    std::atomic<int>& commands_;
};

/// Readers "Good", which are empty, and "Bad", which hangs.
class Readers {
public:
    explicit Readers(LaneTimes const& times_of_lanes = times)
        : lanes{[this] { return std::make_unique<Source>(*this); },
                [](JobTraits const&) { return std::shared_ptr<keys::KeyService>{}; },
                times_of_lanes} {
        here({"Good", "Bad"});
    }
    Readers(Readers const&) = delete;
    Readers& operator=(Readers const&) = delete;
    ~Readers() { hang.let_go(); }

    void here(std::vector<std::string> const& names) {
        pcsc::ReaderList list{.service_available = true};
        for (std::string const& name : names) {
            list.readers.emplace_back().name = name;
        }
        lanes.update(list);
    }
    /// Three commands to the card in a reader; the fault's code.
    std::string ask(std::string const& reader) {
        TestCaller caller;
        auto const done =
            at_card(lanes, reader, caller, "three commands", [](CardAtHand const& at) {
                for (int i = 0; i < 3; ++i) {
                    auto const answer = at.channel.send(
                        apdu::Command{apdu::Cla::interindustry, apdu::Ins::get_challenge, 0, 0});
                    if (!answer.ok()) {
                        return session::Outcome<apdu::Done>{answer.error()};
                    }
                }
                return session::Outcome<apdu::Done>{apdu::Done{}};
            });
        return done.ok() ? "" : done.error().code;
    }
    [[nodiscard]] api::Lane health(std::string const& reader) const {
        auto const told = lanes.readers().value();
        for (api::Reader const& one : told.readers) {
            if (one.name == reader) {
                return one.lane;
            }
        }
        return {};
    }

    Hang hang{};
    bool hangs_at_open = false;
    std::atomic<int> commands{0};

private:
    class Source final : public CardSource {
    public:
        explicit Source(Readers& readers) : readers_{readers} {}
        apdu::Result<std::unique_ptr<apdu::CardConnection>>
        open(std::string const& reader) override {
            if (reader != "Bad") {
                return apdu::Error::card_absent;
            }
            if (readers_.hangs_at_open) {
                readers_.hang.stay();
            }
            return std::unique_ptr<apdu::CardConnection>{
                std::make_unique<HangingCard>(readers_.hang, readers_.commands)};
        }

    private:
        Readers& readers_;
    };

public:
    ReaderLanes lanes;
};

/// Waits until the lane of a reader is idle again.
void wait_until_idle(Readers const& readers, std::string const& reader) {
    while (readers.health(reader).state != api::LaneState::idle) {
        std::this_thread::yield();
    }
}

TEST(HangingReader, ItsClientIsLetGoAndItIsTold) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    api::Lane const lane = readers.health("Bad");
    EXPECT_EQ(lane.state, api::LaneState::hanging);
    EXPECT_EQ(lane.work->operation, "three commands");
    EXPECT_TRUE(lane.work->hangs_since);
    ASSERT_EQ(lane.failed.size(), 1U);
    EXPECT_EQ(lane.failed[0].code, "reader_hangs");
    EXPECT_EQ(lane.last_fault->code, "reader_hangs");
}

TEST(HangingReader, OtherReadersGoOn) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    EXPECT_EQ(readers.ask("Good"), "no_card");
    EXPECT_EQ(readers.health("Good").state, api::LaneState::idle);
}

TEST(HangingReader, NewWorkForItIsRefusedAtOnce) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    auto const lane = readers.lanes.choose("Bad").value();
    auto const job = std::make_shared<LaneJob>([](auto const&, auto&) { return std::nullopt; });
    EXPECT_EQ(lane->submit(job), ReaderLane::Submission::hanging);
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
}

TEST(HangingReader, WorkThatWaitsBehindItIsGivenUp) {
    Readers readers;
    std::thread first{[&] { EXPECT_EQ(readers.ask("Bad"), "reader_hangs"); }};
    readers.hang.wait_for_call();
    auto const lane = readers.lanes.choose("Bad").value();
    auto const job = std::make_shared<LaneJob>([](auto const&, auto&) { return std::nullopt; });
    if (lane->submit(job) == ReaderLane::Submission::accepted) {
        TestCaller caller;
        EXPECT_EQ(lane->wait_for(*job, caller), JobEnd::hanging);
    }
    first.join();
}

TEST(HangingReader, WhenItAnswersTheCardIsSentNothingMoreAndTheLaneIsBack) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    readers.hang.let_go();
    wait_until_idle(readers, "Bad");
    EXPECT_EQ(readers.commands, 2);
    EXPECT_EQ(readers.ask("Bad"), "");
    EXPECT_EQ(readers.health("Bad").done, 1U);
}

TEST(HangingReader, ThatOpensACardAfterItsClientWentLeavesItAlone) {
    Readers readers;
    readers.hangs_at_open = true;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    readers.hang.let_go();
    wait_until_idle(readers, "Bad");
    EXPECT_EQ(readers.commands, 0);
}

TEST(HangingReader, PulledOutAndPutBackItHasANewLaneAtOnce) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    readers.here({"Good"}); // does not wait for the thread that hangs
    readers.here({"Good", "Bad"});
    EXPECT_EQ(readers.health("Bad").state, api::LaneState::idle);
    EXPECT_EQ(readers.ask("Bad"), "");
    EXPECT_EQ(readers.health("Bad").failed.size(), 1U);
}

TEST(HangingReader, AtTheDaemonsEndNobodyWaitsForItUntilItWouldBeKnownElse) {
    Readers readers{{.call_max = 24h, .call_max_at_end = 50ms}};
    std::thread client{[&] { EXPECT_EQ(readers.ask("Bad"), "daemon_stopping"); }};
    readers.hang.wait_for_call();
    readers.lanes.end();
    client.join();
}

TEST(HangingReader, AtTheDaemonsEndItIsKnownThatSomethingHangs) {
    Readers readers;
    EXPECT_EQ(readers.ask("Bad"), "reader_hangs");
    readers.lanes.end();
    EXPECT_FALSE(readers.lanes.have_ended());
    readers.hang.let_go();
    while (!readers.lanes.have_ended()) {
        std::this_thread::yield();
    }
}

} // namespace
} // namespace sscardd
