#pragma once

#include "host/daemon/card_source.hpp"

#include "host/api/service.hpp"

#include "keys/key_service.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace sscardd {

/// What a lane gives a job to work with; for the job's time.
struct LaneTools {
    CardSource& cards;
    keys::KeyService* keys; ///< null: no keys are configured
};

/// How long a job may wait for its reader; a client gives up later than that.
inline constexpr std::chrono::milliseconds job_begin_time_max{60'000};

/// How a job ended for the client that waited for it. Given up: it was not and will not be begun.
enum class JobEnd : std::uint8_t {
    done,
    too_late,   ///< given up: the reader was busy for too long
    left_alone, ///< given up: the client hung up, or the lane ended
};

/// One piece of work on a reader, from the thread of a client to the lane and back. The client's
/// thread waits for it, so the work may borrow what stands there.
class LaneJob {
public:
    using Work = std::function<void(LaneTools const&, LaneJob&)>;
    explicit LaneJob(Work work) : work_{std::move(work)} {}

    /// In the lane: does the work, unless it was given up before.
    void run(LaneTools const& tools);

    /// In the lane, instead of run(): the lane ends first.
    void give_up();

    /// In the lane, from the work: how far it is.
    void tell(api::Progress progress);

    /// In the client's thread: passes progress on until the work is done, or is given up because it
    /// did not begin within `begin_within`.
    [[nodiscard]] JobEnd wait(api::Caller& caller,
                              std::chrono::milliseconds begin_within = job_begin_time_max);

private:
    enum class State : std::uint8_t { waiting, running, done, given_up };

    std::mutex mutex_{};
    std::condition_variable changed_{};
    State state_ = State::waiting;
    std::deque<api::Progress> progress_{};
    Work work_;
};

} // namespace sscardd
