#pragma once

#include "host/daemon/card_source.hpp"

#include "host/api/service.hpp"
#include "host/session/fault.hpp"

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

/// How long things may take on a lane. A client waits longer than both together.
struct LaneTimes {
    std::chrono::milliseconds begin_max{60'000}; ///< until a job's turn comes
    std::chrono::milliseconds call_max{30'000};  ///< for one call into the reader; then it hangs
};

/// Who waits for a job: a person at the desk, who goes first, or a batch.
enum class Priority : std::uint8_t { holder, batch };

/// How a job ended for the client that waited for it. All but `done` say that nothing more will be
/// done for it.
enum class JobEnd : std::uint8_t {
    done,
    too_late,   ///< not begun: the reader was busy for too long
    left_alone, ///< not begun: the client hung up, or the lane ended
    hanging,    ///< the reader hangs, in this job or in the one before it
};

/// How far a job that runs has come.
struct JobStatus {
    std::string operation;
    std::chrono::system_clock::time_point began;
    std::optional<std::chrono::system_clock::time_point> hangs_since{};
    api::Progress progress{}; ///< as last told; total 0: not yet
};

/// One piece of work on a reader, from the thread of a client to the lane and back. Where the
/// reader hangs the client is let go and the work left behind; so the work owns or shares what it
/// uses.
class LaneJob {
public:
    /// Gives the fault that the work ended with, if it did.
    using Work = std::function<std::optional<session::FaultCode>(LaneTools const&, LaneJob&)>;
    /// `operation` names the work to people: "card info".
    explicit LaneJob(Work work, std::string operation = {}, Priority priority = Priority::holder)
        : work_{std::move(work)}, operation_{std::move(operation)}, priority_{priority} {}

    [[nodiscard]] Priority priority() const { return priority_; }

    /// How the lane's part of a job ended: it was given up before, or left behind while it ran, or
    /// it is done, with its fault.
    struct Ran {
        bool is_done = false;
        std::optional<session::FaultCode> fault{};
    };
    /// In the lane: does the work, unless it was given up before.
    Ran run(LaneTools const& tools);

    /// Instead of run(): it will not be begun. A job that has begun runs on.
    void give_up(JobEnd why);

    /// True until the job begins or is given up.
    [[nodiscard]] bool is_waiting() const;

    /// In the lane, from the work: how far it is.
    void tell(api::Progress progress);

    /// In the lane, around each call into the reader, which may hang there; at most one at a time.
    /// False: the client was let go meanwhile, so the reader is to be asked nothing more.
    [[nodiscard]] bool begin_call();
    [[nodiscard]] bool end_call();

    /// How a job that runs stands; hanging when a call lasts longer than `call_max`.
    [[nodiscard]] JobStatus status(std::chrono::milliseconds call_max) const;

    /// In the client's thread: passes progress on until the work is done, is given up because it
    /// did not begin in time, or hangs.
    [[nodiscard]] JobEnd wait(api::Caller& caller, LaneTimes const& times = {});

private:
    enum class State : std::uint8_t { waiting, running, done, given_up, left_behind };
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] bool hangs(std::chrono::milliseconds call_max) const;
    [[nodiscard]] std::optional<JobEnd> end_of(api::Caller const& caller, LaneTimes const& times,
                                               Clock::time_point begin_until);

    Work work_;
    std::string operation_;
    Priority priority_;
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    State state_ = State::waiting;
    JobEnd given_up_why_ = JobEnd::left_alone;
    std::deque<api::Progress> progress_{}; ///< not passed on yet
    api::Progress progress_told_{};
    std::chrono::system_clock::time_point began_ = std::chrono::system_clock::now();
    std::optional<Clock::time_point> call_began_{};
};

} // namespace sscardd
