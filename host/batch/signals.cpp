#include "host/batch/signals.hpp"

namespace batch {

void Signals::stop() {
    std::lock_guard const lock{mutex_};
    stops_ = true;
    changed_.notify_all();
}

void Signals::halt(api::Fault const& why) {
    std::lock_guard const lock{mutex_};
    stops_ = true;
    if (!halted_by_) {
        halted_by_ = why;
    }
    changed_.notify_all();
}

void Signals::pause(bool is_paused) {
    std::lock_guard const lock{mutex_};
    is_paused_ = is_paused;
    changed_.notify_all();
}

bool Signals::stops() const {
    std::lock_guard const lock{mutex_};
    return stops_;
}

bool Signals::is_paused() const {
    std::lock_guard const lock{mutex_};
    return is_paused_;
}

std::optional<api::Fault> Signals::halted_by() const {
    std::lock_guard const lock{mutex_};
    return halted_by_;
}

void Signals::wait_for(std::chrono::milliseconds time) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, time, [this] { return stops_; });
}

} // namespace batch
