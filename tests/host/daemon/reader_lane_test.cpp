#include "held_lane.hpp"

#include "host/daemon/at_card.hpp"

#include <pthread.h>
#include <stdexcept>

namespace sscardd {
namespace {

using Submission = ReaderLane::Submission;

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
    auto const late = std::make_shared<LaneJob>([&](LaneTools const&, LaneJob&) {
        was_done = true;
        return std::nullopt;
    });
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
    EXPECT_EQ(late->wait(desk.caller, {.begin_max = std::chrono::milliseconds{0}}),
              JobEnd::too_late);
    held.release();
}

TEST(ReaderLane, AClientThatWaitsHearsThatItIsNotForgotten) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    auto const late = quick_job();
    ASSERT_EQ(held.lane().submit(late), Submission::accepted);
    std::thread client{[&] {
        LaneTimes const times{.alive_after = std::chrono::milliseconds{1}};
        EXPECT_EQ(late->wait(desk.caller, times), JobEnd::done);
    }};
    while (desk.caller.signs_of_life < 2) {
        std::this_thread::yield();
    }
    held.release();
    client.join();
}

TEST(ReaderLane, WhenItsReaderGoesWaitingWorkIsGivenUpAndNoneIsTaken) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    auto const late = quick_job();
    ASSERT_EQ(held.lane().submit(late), Submission::accepted);
    desk.lanes().update({.service_available = true});
    EXPECT_EQ(late->wait(desk.caller), JobEnd::left_alone);
    EXPECT_EQ(held.lane().submit(quick_job()), Submission::closed);
    held.release();
}

TEST(ReaderLane, PlacesOfGivenUpWorkAreFree) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    for (std::size_t i = 0; i < 2 * lane_queue_max; ++i) {
        auto const job = quick_job();
        ASSERT_EQ(held.lane().submit(job), Submission::accepted);
        job->give_up(JobEnd::too_late);
    }
    EXPECT_EQ(held.lane().health().waiting, 0U);
    held.release();
}

TEST(ReaderLane, TellsWhatItIsAt) {
    Desk desk{{live_card()}};
    auto const lane = desk.lanes().choose(std::nullopt).value();
    EXPECT_EQ(lane->health().state, api::LaneState::idle);
    EXPECT_FALSE(lane->health().work);
    HeldLane held{lane};
    ASSERT_EQ(lane->submit(quick_job()), Submission::accepted);
    api::Lane const health = lane->health();
    EXPECT_EQ(health.state, api::LaneState::busy);
    EXPECT_EQ(health.waiting, 1U);
    ASSERT_TRUE(health.work);
    EXPECT_EQ(health.work->operation, "hold");
    EXPECT_EQ(health.work->steps_done, 3U);
    EXPECT_EQ(health.work->steps_total, 7U);
    EXPECT_FALSE(health.work->hangs_since);
    held.release();
}

/// Work that writes its name into `order` when its turn comes.
std::shared_ptr<LaneJob> named_job(std::string& order, char name, Priority priority) {
    return std::make_shared<LaneJob>(
        [&order, name](LaneTools const&, LaneJob&) {
            order.push_back(name);
            return std::nullopt;
        },
        JobTraits{"name", priority});
}

TEST(ReaderLane, APersonGoesBeforeABatchAndAfterThePersonsThatWait) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    std::string order;
    for (char const name : std::string_view{"aABb"}) {
        bool const is_person = name == 'A' || name == 'B';
        ASSERT_EQ(held.lane().submit(
                      named_job(order, name, is_person ? Priority::holder : Priority::batch)),
                  Submission::accepted);
    }
    auto const last = quick_job(Priority::batch);
    held.release();
    while (held.lane().submit(last) != Submission::accepted) {
        std::this_thread::yield();
    }
    EXPECT_EQ(last->wait(desk.caller), JobEnd::done);
    EXPECT_EQ(order, "ABab");
}

TEST(ReaderLane, ABatchLeavesPlacesInTheQueueToPersons) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    for (std::size_t i = 0; i < lane_batch_max; ++i) {
        EXPECT_EQ(held.lane().submit(quick_job(Priority::batch)), Submission::accepted);
    }
    EXPECT_EQ(held.lane().submit(quick_job(Priority::batch)), Submission::full);
    EXPECT_EQ(held.lane().submit(quick_job()), Submission::accepted);
    held.release();
}

TEST(ReaderLane, ABatchIsPassedSoOftenAndNoMore) {
    Desk desk{{live_card()}};
    HeldLane held{desk.lanes().choose(std::nullopt).value()};
    std::string order;
    ASSERT_EQ(held.lane().submit(named_job(order, 'b', Priority::batch)), Submission::accepted);
    for (unsigned i = 0; i < lane_passed_max; ++i) { // persons who came, passed, and went again
        auto const person = quick_job();
        ASSERT_EQ(held.lane().submit(person), Submission::accepted);
        person->give_up(JobEnd::left_alone);
    }
    auto const person = named_job(order, 'P', Priority::holder);
    ASSERT_EQ(held.lane().submit(person), Submission::accepted);
    held.release();
    EXPECT_EQ(person->wait(desk.caller), JobEnd::done);
    EXPECT_EQ(order, "bP");
}

/// The fault's code of a request whose work does `what`.
std::string code_of_work(Desk& desk, std::function<void()> const& what) {
    return code_of(at_card(desk.lanes(), std::nullopt, desk.caller, "what",
                           [what](CardAtHand const&) -> session::Outcome<apdu::Done> {
                               what();
                               return apdu::Done{};
                           }));
}

/// The last event, which must be of a job that failed: its fault.
std::string last_failure(Desk& desk) {
    auto const events = desk.lanes().events().after(0).events;
    bool const has_failed = !events.empty() && events.back().kind == api::EventKind::job_failed;
    return has_failed ? events.back().fault.value_or("") : "";
}

TEST(ReaderLane, AnExceptionInItsWorkIsAFaultOfThatWorkAlone) {
    Desk desk{{live_card()}};
    EXPECT_EQ(code_of_work(desk, [] { throw std::runtime_error{"of a library"}; }),
              "internal_fault");
    EXPECT_EQ(last_failure(desk), "internal_fault");
    EXPECT_EQ(desk.lanes().readers().value().readers[0].lane.last_fault->code, "internal_fault");
    EXPECT_EQ(code_of_work(desk, [] {}), "ok");
}

TEST(ReaderLane, AnExceptionWhileItsToolsAreMadeIsAFaultAndTheNextWorkTriesAgain) {
    bool is_first = true;
    ReaderLanes lanes{[] { return pcsc_card_source(); },
                      [&is_first](JobTraits const&) -> std::shared_ptr<keys::KeyService> {
                          if (std::exchange(is_first, false)) {
                              throw std::bad_alloc{};
                          }
                          return nullptr;
                      }};
    pcsc::ReaderList list{.service_available = true};
    list.readers.emplace_back().name = "Reader 1";
    lanes.update(list);
    auto const lane = lanes.choose(std::nullopt).value();
    TestCaller caller;
    auto const first = quick_job();
    ASSERT_EQ(lane->submit(first), Submission::accepted);
    EXPECT_EQ(lane->wait_for(*first, caller), JobEnd::broken);
    auto const second = quick_job();
    ASSERT_EQ(lane->submit(second), Submission::accepted);
    EXPECT_EQ(lane->wait_for(*second, caller), JobEnd::done);
}

/// For as long as it lives the system has no thread more: each would need a stack beyond all
/// memory.
class NoThreads {
public:
    NoThreads() {
        pthread_getattr_default_np(&before_);
        pthread_attr_t vast = before_;
        pthread_attr_setstacksize(&vast, std::size_t{1} << 46U);
        pthread_setattr_default_np(&vast);
    }
    NoThreads(NoThreads const&) = delete;
    NoThreads& operator=(NoThreads const&) = delete;
    ~NoThreads() { pthread_setattr_default_np(&before_); }

private:
    pthread_attr_t before_{};
};

TEST(ReaderLane, WithoutAThreadForItItsWorkIsRefusedAndTheNextTriesAgain) {
    Desk desk{{live_card()}};
    {
        NoThreads const none;
        EXPECT_EQ(code_of_work(desk, [] {}), "internal_fault");
    }
    EXPECT_EQ(last_failure(desk), "internal_fault");
    EXPECT_EQ(code_of_work(desk, [] {}), "ok");
}

TEST(ReaderLane, ThatNeverWorkedHasEndedWhenItIsClosed) {
    Desk desk{{live_card()}};
    desk.lanes().end();
    EXPECT_TRUE(desk.lanes().have_ended());
}

} // namespace
} // namespace sscardd
