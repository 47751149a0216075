#include "host/daemon/lane_job.hpp"

#include <algorithm>

namespace sscardd {
namespace {

/// How often a waiting client is looked at.
constexpr std::chrono::milliseconds caller_check{200};

} // namespace

void LaneJob::run(LaneTools const& tools) {
    {
        std::lock_guard const lock{mutex_};
        if (state_ != State::waiting) {
            return;
        }
        state_ = State::running;
    }
    work_(tools, *this);
    std::lock_guard const lock{mutex_};
    state_ = State::done;
    changed_.notify_all();
}

void LaneJob::give_up() {
    std::lock_guard const lock{mutex_};
    if (state_ == State::waiting) {
        state_ = State::given_up;
        changed_.notify_all();
    }
}

void LaneJob::tell(api::Progress progress) {
    std::lock_guard const lock{mutex_};
    progress_.push_back(std::move(progress));
    changed_.notify_all();
}

JobEnd LaneJob::wait(api::Caller& caller, std::chrono::milliseconds begin_within) {
    using Clock = std::chrono::steady_clock;
    auto const begin_until = Clock::now() + begin_within;
    std::unique_lock lock{mutex_};
    while (true) {
        auto const look_again = Clock::now() + caller_check;
        auto const until =
            state_ == State::waiting ? std::min(look_again, begin_until) : look_again;
        changed_.wait_until(lock, until, [this] {
            return !progress_.empty() || state_ == State::done || state_ == State::given_up;
        });
        while (!progress_.empty()) {
            api::Progress const next = std::move(progress_.front());
            progress_.pop_front();
            lock.unlock();
            caller.tell(next);
            lock.lock();
        }
        if (state_ == State::done) {
            return JobEnd::done;
        }
        if (state_ == State::waiting && caller.has_hung_up()) {
            state_ = State::given_up;
        }
        if (state_ == State::given_up) {
            return JobEnd::left_alone;
        }
        if (state_ == State::waiting && Clock::now() >= begin_until) {
            state_ = State::given_up;
            return JobEnd::too_late;
        }
    }
}

} // namespace sscardd
