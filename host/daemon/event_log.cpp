#include "host/daemon/event_log.hpp"

#include "host/daemon/moment_text.hpp"

#include <algorithm>

namespace sscardd {

void EventLog::add(api::EventKind kind, EventFacts facts) {
    std::lock_guard const lock{mutex_};
    events_.push_back({++last_, moment_text(std::chrono::system_clock::now()), kind,
                       std::move(facts.reader), std::move(facts.operation),
                       std::move(facts.fault)});
    if (events_.size() > events_max) {
        events_.pop_front();
    }
    changed_.notify_all();
}

std::uint64_t EventLog::last() const {
    std::lock_guard const lock{mutex_};
    return last_;
}

api::EventList EventLog::list_after(std::uint64_t since) const {
    if (since > last_) {
        since = 0;
    }
    api::EventList list{{}, last_, 0};
    std::uint64_t const forgotten = last_ - events_.size();
    list.lost = forgotten > since ? forgotten - since : 0;
    std::copy_if(events_.begin(), events_.end(), std::back_inserter(list.events),
                 [since](api::Event const& event) { return event.number > since; });
    return list;
}

api::EventList EventLog::after(std::uint64_t since) const {
    std::lock_guard const lock{mutex_};
    return list_after(since);
}

api::EventList EventLog::wait_after(std::uint64_t since, std::chrono::milliseconds time) const {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, time, [&] { return has_ended_ || last_ != since; });
    return list_after(since);
}

void EventLog::end() {
    std::lock_guard const lock{mutex_};
    has_ended_ = true;
    changed_.notify_all();
}

bool EventLog::has_ended() const {
    std::lock_guard const lock{mutex_};
    return has_ended_;
}

} // namespace sscardd
