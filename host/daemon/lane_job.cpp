#include "host/daemon/lane_job.hpp"

#include <chrono>

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

bool LaneJob::wait(api::Caller& caller) {
    std::unique_lock lock{mutex_};
    while (true) {
        changed_.wait_for(lock, caller_check, [this] {
            return !progress_.empty() || state_ == State::done || state_ == State::given_up;
        });
        while (!progress_.empty()) {
            api::Progress const next = std::move(progress_.front());
            progress_.pop_front();
            lock.unlock();
            caller.tell(next);
            lock.lock();
        }
        if (state_ == State::done || state_ == State::given_up) {
            return state_ == State::done;
        }
        if (state_ == State::waiting && caller.has_hung_up()) {
            state_ = State::given_up;
        }
    }
}

} // namespace sscardd
