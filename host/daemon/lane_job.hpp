#pragma once

#include "host/daemon/card_source.hpp"

#include "host/api/service.hpp"
#include "host/session/fault.hpp"

#include "keys/key_service.hpp"
#include "keys/key_versions.hpp"
#include "keys/remote/card_purpose.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

namespace sscardd {

/// Why keys that are elsewhere failed the job; nothing where they did not.
using KeyTrouble = std::function<std::optional<session::Fault>()>;

/// Which version of its keys the card with that ATR is authenticated with. Fault: journal_failed.
using KeyVersionChoice = std::function<session::Outcome<keys::KeyVersions>(apdu::ByteView atr)>;

/// What a lane gives a job to work with; for the job's time.
struct LaneTools {
    CardSource& cards;
    keys::KeyService* keys; ///< null: there are none, or they are locked
    bool keys_locked = false;
    KeyTrouble key_trouble{};        ///< may be empty
    KeyVersionChoice key_versions{}; ///< empty: the first of each
};

/// How long things may take on a lane. A client takes the daemon for dead only when it has heard
/// nothing for much longer than `alive_after`.
struct LaneTimes {
    std::chrono::milliseconds begin_max{60'000};   ///< until a job's turn comes
    std::chrono::milliseconds call_max{30'000};    ///< for one call into the reader; then it hangs
    std::chrono::milliseconds alive_after{15'000}; ///< without news a client is told that it waits
    /// The same as call_max once the daemon ends: nobody waits so long for that.
    std::chrono::milliseconds call_max_at_end{5'000};
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
    leased,     ///< not begun: somebody has the reader for himself now
    broken,     ///< a library threw an exception in the work
};

/// What is said of a job besides its work.
struct JobTraits {
    std::string operation{}; ///< names the work to people: "card info"
    Priority priority = Priority::holder;
    std::string lease{}; ///< the token that its client shows; empty: none
    std::optional<keys::remote::CardPurpose> purpose{}; ///< of keys; none: it takes no key
    std::string requester{};                            ///< the client's user
};

/// How far a job that runs has come.
struct JobStatus {
    std::string operation;
    std::chrono::system_clock::time_point began;
    std::optional<std::chrono::system_clock::time_point> hangs_since{};
    bool is_over = false;     ///< the work has ended
    api::Progress progress{}; ///< as last told; total 0: not yet
};

/// Gives a job its tools, in the lane, when its turn has come.
using LaneToolMaker = std::function<LaneTools()>;

/// One piece of work on a reader, from the thread of a client to the lane and back. Where the
/// reader hangs the client is let go and the work left behind; so the work owns or shares what it
/// uses.
class LaneJob {
public:
    /// Gives the fault that the work ended with, if it did.
    using Work = std::function<std::optional<session::FaultCode>(LaneTools const&, LaneJob&)>;
    explicit LaneJob(Work work, JobTraits traits = {})
        : work_{std::move(work)}, traits_{std::move(traits)} {}

    [[nodiscard]] JobTraits const& traits() const { return traits_; }

    /// In the lane: the job's turn has come; false when it was given up before.
    [[nodiscard]] bool begin();

    /// How the work ended: its client was let go meanwhile, a library threw an exception in it, or
    /// it is done, with its fault.
    struct Ran {
        bool was_left_behind = false;
        std::string exception{}; ///< its type; empty: none
        std::optional<session::FaultCode> fault{};
    };
    /// In the lane, after begin(): does the work, and has `note` know how it ended before the
    /// client does. `note` must not call the job but for traits().
    void run(LaneToolMaker const& tools, std::function<void(Ran const&)> const& note);

    /// Instead of begin(): it will not be begun. A job that has begun runs on.
    void give_up(JobEnd why);

    /// True until the job begins or is given up.
    [[nodiscard]] bool is_waiting() const;

    /// In the lane, from the work: how far it is.
    void tell(api::Progress progress);

    /// In the lane, around each call into the reader, which may hang there; at most one at a time.
    /// False: the client was let go meanwhile, so the reader is to be asked nothing more.
    /// `more`: it may take so much longer than others, as someone types at the reader.
    [[nodiscard]] bool begin_call(std::chrono::milliseconds more = std::chrono::milliseconds{0});
    [[nodiscard]] bool end_call();

    /// From now on a call hangs after that time already.
    void hurry(std::chrono::milliseconds call_max);

    /// How a job that runs stands; hanging when a call lasts longer than `call_max`.
    [[nodiscard]] JobStatus status(std::chrono::milliseconds call_max) const;

    /// In the client's thread: passes progress on until the work is done, is given up because it
    /// did not begin in time, or hangs.
    [[nodiscard]] JobEnd wait(api::Caller& caller, LaneTimes const& times = {});

private:
    enum class State : std::uint8_t { waiting, running, done, given_up, left_behind, broken, over };
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] Ran do_work(LaneToolMaker const& tools);
    [[nodiscard]] bool hangs(std::chrono::milliseconds call_max) const;
    [[nodiscard]] std::optional<JobEnd> end_of(api::Caller const& caller, LaneTimes const& times,
                                               Clock::time_point begin_until);

    Work work_;
    JobTraits traits_;
    mutable std::mutex mutex_{};
    std::condition_variable changed_{};
    State state_ = State::waiting;
    JobEnd given_up_why_ = JobEnd::left_alone;
    std::deque<api::Progress> progress_{}; ///< not passed on yet
    api::Progress progress_told_{};
    std::chrono::system_clock::time_point began_ = std::chrono::system_clock::now();
    std::optional<Clock::time_point> call_began_{};
    std::chrono::milliseconds call_max_ = std::chrono::milliseconds::max(); ///< by hurry()
};

} // namespace sscardd
