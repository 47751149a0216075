#pragma once

#include "host/daemon/lane_job.hpp"
#include "host/daemon/lane_record.hpp"
#include "host/daemon/lease_book.hpp"

#include <memory>
#include <string>
#include <thread>

namespace sscardd {

/// Jobs that may wait for one reader.
inline constexpr std::size_t lane_queue_max = 6;
/// Those of them that a batch may have: a person always finds a place.
inline constexpr std::size_t lane_batch_max = 2;
/// Jobs of persons that may pass a batch's job that waits; then it is its turn.
inline constexpr unsigned lane_passed_max = 6;

/// The keys for one job; no service where there are none, or while they are locked.
struct LaneKeys {
    /// A service, or none.
    LaneKeys(std::shared_ptr<keys::KeyService> its_service, bool locked = false)
        : service{std::move(its_service)}, are_locked{locked} {}
    std::shared_ptr<keys::KeyService> service;
    bool are_locked;
    KeyTrouble trouble{};        ///< empty: what the service says is all
    KeyVersionChoice versions{}; ///< empty: the first of each
};

/// Gives the keys for that job, in the lane's thread; what a job has stays good until it ends.
using KeyServiceMaker = std::function<LaneKeys(JobTraits const& job)>;

/// What all lanes share; everything that it refers to must outlive them.
struct LaneParts {
    CardSourceMaker cards;
    KeyServiceMaker keys;
    LaneTimes times;
    EventLog& events;
    LeaseBook const& leases;
};

/// The one thread that owns a reader, begun for its first job, and the bounded queue of jobs for
/// it. Persons go before batches, within each kind in the order of their coming; a batch's job is
/// passed by at most lane_passed_max of theirs. No card is kept open between jobs.
class ReaderLane {
public:
    /// `parts` must outlive the lane. `record` must not be null; it may be that of an earlier lane
    /// of the reader.
    ReaderLane(std::string reader, LaneParts const& parts, std::shared_ptr<LaneRecord> record);
    ReaderLane(ReaderLane const&) = delete;
    ReaderLane& operator=(ReaderLane const&) = delete;
    /// Gives up the jobs that wait, and waits for the one that runs: without bound where the reader
    /// hangs, so see has_ended() first.
    ~ReaderLane();

    [[nodiscard]] std::string const& reader() const { return reader_; }

    /// What became of a job at the queue; no_thread: the system has none for the lane now.
    enum class Submission : std::uint8_t { accepted, full, closed, hanging, no_thread };

    /// Puts a job in its place in the queue.
    [[nodiscard]] Submission submit(std::shared_ptr<LaneJob> job);

    /// In the client's thread: waits for a job that was accepted, as LaneJob::wait(). Where the
    /// reader hangs, those that wait behind it are given up too.
    [[nodiscard]] JobEnd wait_for(LaneJob& job, api::Caller& caller);

    /// Takes no more jobs and gives up those that wait; the one that runs runs on.
    void close();

    /// After close(), when the daemon ends: a reader that hangs is known sooner.
    void hurry();

    /// True after close(), when no job runs any more.
    [[nodiscard]] bool has_ended() const;

    /// How the lane is.
    [[nodiscard]] api::Lane health() const;

private:
    struct Waiting {
        std::shared_ptr<LaneJob> job;
        unsigned passed = 0;
    };

    [[nodiscard]] bool begin_thread();
    void work();
    void tell(api::EventKind kind, LaneJob const& job, std::optional<std::string> fault = {});
    void note(LaneJob const& job, LaneJob::Ran const& ran);
    [[nodiscard]] std::shared_ptr<LaneJob> next();
    [[nodiscard]] std::shared_ptr<LaneJob> take_first();
    [[nodiscard]] bool hangs() const;
    void give_up_waiting(JobEnd why);

    std::string reader_;
    LaneParts const& parts_;
    std::shared_ptr<LaneRecord> record_;
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<Waiting> queue_{};
    std::shared_ptr<LaneJob> running_{};
    bool ends_ = false;
    bool has_ended_ = false;
    std::thread thread_{}; ///< last: it uses the members above
};

} // namespace sscardd
