#include "host/daemon/lane_job.hpp"

#include <algorithm>
#include <exception>
#include <typeinfo>

namespace sscardd {
namespace {

/// How often a waiting client, and the reader that it waits for, are looked at.
constexpr std::chrono::milliseconds caller_check{200};

} // namespace

bool LaneJob::begin() {
    std::lock_guard const lock{mutex_};
    if (state_ != State::waiting) {
        return false;
    }
    state_ = State::running;
    began_ = std::chrono::system_clock::now();
    return true;
}

/// An exception must not end the daemon; what it says may be of a card's holder, so only its type
/// is told.
LaneJob::Ran LaneJob::do_work(LaneToolMaker const& tools) {
    try {
        return {.fault = work_(tools(), *this)};
    } catch (std::exception const& exception) {
        return {.exception = typeid(exception).name()};
    }
}

void LaneJob::run(LaneToolMaker const& tools, std::function<void(Ran const&)> const& note) {
    Ran const ran = do_work(tools);
    std::lock_guard const lock{mutex_};
    call_began_.reset();
    if (state_ == State::running) {
        note(ran);
        state_ = ran.exception.empty() ? State::done : State::broken;
        changed_.notify_all();
    } else {
        note({.was_left_behind = true});
        state_ = State::over;
    }
}

void LaneJob::give_up(JobEnd why) {
    std::lock_guard const lock{mutex_};
    if (state_ == State::waiting) {
        state_ = State::given_up;
        given_up_why_ = why;
        changed_.notify_all();
    }
}

bool LaneJob::is_waiting() const {
    std::lock_guard const lock{mutex_};
    return state_ == State::waiting;
}

void LaneJob::tell(api::Progress progress) {
    std::lock_guard const lock{mutex_};
    if (state_ == State::running) {
        progress_told_ = progress;
        progress_.push_back(std::move(progress));
        changed_.notify_all();
    }
}

bool LaneJob::begin_call(std::chrono::milliseconds more) {
    std::lock_guard const lock{mutex_};
    call_began_ = Clock::now() + more;
    return state_ == State::running;
}

bool LaneJob::end_call() {
    std::lock_guard const lock{mutex_};
    call_began_.reset();
    return state_ == State::running;
}

void LaneJob::hurry(std::chrono::milliseconds call_max) {
    std::lock_guard const lock{mutex_};
    call_max_ = call_max;
}

bool LaneJob::hangs(std::chrono::milliseconds call_max) const {
    return call_began_ && Clock::now() - *call_began_ > std::min(call_max, call_max_);
}

JobStatus LaneJob::status(std::chrono::milliseconds call_max) const {
    std::lock_guard const lock{mutex_};
    JobStatus status{traits_.operation, began_, std::nullopt, false, progress_told_};
    status.is_over = state_ == State::done || state_ == State::broken || state_ == State::over;
    if (hangs(call_max)) {
        status.hangs_since =
            std::chrono::system_clock::now() -
            std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *call_began_);
    }
    return status;
}

std::optional<JobEnd> LaneJob::end_of(api::Caller const& caller, LaneTimes const& times,
                                      Clock::time_point begin_until) {
    if (state_ == State::waiting && caller.has_hung_up()) {
        state_ = State::given_up;
    } else if (state_ == State::waiting && Clock::now() >= begin_until) {
        state_ = State::given_up;
        given_up_why_ = JobEnd::too_late;
    } else if (state_ == State::running && hangs(times.call_max)) {
        state_ = State::left_behind;
    }
    switch (state_) {
    case State::done:
        return JobEnd::done;
    case State::broken:
        return JobEnd::broken;
    case State::given_up:
        return given_up_why_;
    case State::left_behind:
    case State::over:
        return JobEnd::hanging;
    case State::waiting:
    case State::running:
        break;
    }
    return std::nullopt;
}

JobEnd LaneJob::wait(api::Caller& caller, LaneTimes const& times) {
    auto const begin_until = Clock::now() + times.begin_max;
    auto last_told = Clock::now();
    std::unique_lock lock{mutex_};
    while (true) {
        auto const look_again = Clock::now() + caller_check;
        auto const until =
            state_ == State::waiting ? std::min(look_again, begin_until) : look_again;
        changed_.wait_until(lock, until, [this] {
            return !progress_.empty() || state_ == State::done || state_ == State::broken ||
                   state_ == State::given_up;
        });
        while (!progress_.empty()) {
            api::Progress const next = std::move(progress_.front());
            progress_.pop_front();
            lock.unlock();
            caller.tell(next);
            lock.lock();
            last_told = Clock::now();
        }
        if (Clock::now() - last_told >= times.alive_after) {
            lock.unlock();
            caller.tell_alive();
            lock.lock();
            last_told = Clock::now();
        }
        if (auto const end = end_of(caller, times, begin_until)) {
            return *end;
        }
    }
}

} // namespace sscardd
