#pragma once

#include "host/daemon/lane_job.hpp"

#include <memory>
#include <string>
#include <thread>

namespace sscardd {

/// Jobs that may wait for one reader: few enough that one busy reader leaves the server threads for
/// the others.
inline constexpr std::size_t lane_queue_max = 6;

/// Makes the key service of one lane, in the lane's thread; null where there are no keys.
using KeyServiceMaker = std::function<std::shared_ptr<keys::KeyService>()>;

/// The one thread that owns a reader, and the bounded queue of jobs for it, in the order of their
/// coming. No card is kept open between jobs.
class ReaderLane {
public:
    ReaderLane(std::string reader, CardSourceMaker cards, KeyServiceMaker keys);
    ReaderLane(ReaderLane const&) = delete;
    ReaderLane& operator=(ReaderLane const&) = delete;
    /// Ends the job that runs, gives up those that wait.
    ~ReaderLane();

    [[nodiscard]] std::string const& reader() const { return reader_; }

    /// What became of a job at the queue.
    enum class Submission : std::uint8_t { accepted, full, closed };

    /// Puts a job at the end of the queue.
    [[nodiscard]] Submission submit(std::shared_ptr<LaneJob> job);

    /// Takes no more jobs and gives up those that wait; the one that runs runs on.
    void close();

private:
    void work();
    [[nodiscard]] std::shared_ptr<LaneJob> next();

    std::string reader_;
    CardSourceMaker cards_;
    KeyServiceMaker keys_;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::deque<std::shared_ptr<LaneJob>> queue_{};
    bool ends_ = false;
    std::thread thread_; ///< last: it uses the members above
};

} // namespace sscardd
