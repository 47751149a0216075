#include "host/daemon/event_stream.hpp"

#include <gtest/gtest.h>

#include <future>
#include <list>

namespace sscardd {
namespace {

using api::EventKind;

/// A client that reads lines until it has read so many events.
class Follower final : public api::Caller {
public:
    explicit Follower(std::size_t enough) : enough_{enough} {}
    void tell(api::Progress const& /*progress*/) override {}
    void tell(api::Event const& event) override { events.push_back(event); }
    void tell(api::LostEvents const& told) override { lost += told.count; }
    [[nodiscard]] bool has_hung_up() const override { return events.size() >= enough_; }
    [[nodiscard]] bool reads_lines() const override { return true; }
    std::vector<api::Event> events{};
    std::uint64_t lost = 0;

private:
    std::size_t enough_;
};

/// A client that wants one answer.
class Asker final : public api::Caller {
public:
    void tell(api::Progress const& /*progress*/) override {}
    [[nodiscard]] bool has_hung_up() const override { return false; }
};

/// A client whose stream has begun and goes on until stop().
class Running final : public api::Caller {
public:
    void tell(api::Progress const& /*progress*/) override {}
    [[nodiscard]] bool has_hung_up() const override {
        if (!was_asked_.exchange(true)) {
            begun_.set_value();
        }
        return is_over_;
    }
    [[nodiscard]] bool reads_lines() const override { return true; }
    void wait_until_begun() { begun_.get_future().wait(); }
    void stop() { is_over_ = true; }

private:
    mutable std::promise<void> begun_{};
    mutable std::atomic<bool> was_asked_{false};
    std::atomic<bool> is_over_{false};
};

class EventStream : public testing::Test {
public:
    EventLog log{};
    int looks = 0;
    EventStreams streams{log, [this] { ++looks; }};
};

TEST_F(EventStream, WhoAsksOnceGetsAllThatIsRemembered) {
    log.add(EventKind::card_in);
    log.add(EventKind::card_out);
    Asker asker;
    auto const list = streams.serve({}, asker).value();
    EXPECT_EQ(list.events.size(), 2U);
    EXPECT_EQ(streams.serve({1}, asker).value().events.size(), 1U);
    EXPECT_GT(looks, 0);
}

TEST_F(EventStream, AFollowerIsSentWhatCameAfterItsNumber) {
    log.add(EventKind::card_in);
    log.add(EventKind::card_out);
    Follower follower{1};
    auto const end = streams.serve({1, true}, follower).value();
    ASSERT_EQ(follower.events.size(), 1U);
    EXPECT_EQ(follower.events[0].kind, EventKind::card_out);
    EXPECT_EQ(end.last, 2U);
}

TEST_F(EventStream, AFollowerIsSentEventsAsTheyHappen) {
    Follower follower{3};
    std::thread happening{[&] {
        for (int i = 0; i < 3; ++i) {
            log.add(EventKind::card_in);
        }
    }};
    EXPECT_EQ(streams.serve({0, true}, follower).value().last, 3U);
    happening.join();
    EXPECT_EQ(follower.events.size(), 3U);
}

TEST_F(EventStream, WithoutANumberAFollowerIsSentNothingOld) {
    log.add(EventKind::card_in);
    log.end();
    Follower follower{1};
    EXPECT_EQ(streams.serve({std::nullopt, true}, follower).value().last, 1U);
    EXPECT_TRUE(follower.events.empty());
}

TEST_F(EventStream, ASlowFollowerIsToldHowManyItLost) {
    for (std::size_t i = 0; i < events_max + 7; ++i) {
        log.add(EventKind::card_in);
    }
    Follower follower{1};
    auto const end = streams.serve({0, true}, follower).value();
    EXPECT_EQ(follower.lost, 7U);
    EXPECT_EQ(follower.events.front().number, 8U);
    EXPECT_EQ(end.lost, 7U);
}

TEST_F(EventStream, OneTooManyIsRefusedAndAPlaceThatIsFreeIsGiven) {
    std::list<Running> callers(event_streams_max);
    std::vector<std::future<bool>> served;
    for (Running& caller : callers) {
        served.push_back(std::async(std::launch::async, [&] {
            return streams.serve({std::nullopt, true}, caller).ok();
        }));
        caller.wait_until_begun();
    }
    Follower late{1};
    auto const refused = streams.serve({std::nullopt, true}, late);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "too_many_streams");
    Asker asker; // needs no place
    EXPECT_TRUE(streams.serve({}, asker).ok());
    for (Running& caller : callers) {
        caller.stop();
    }
    log.add(EventKind::card_in); // wakes them
    for (auto& one : served) {
        EXPECT_TRUE(one.get());
    }
    EXPECT_TRUE(streams.serve({0, true}, late).ok());
}

} // namespace
} // namespace sscardd
