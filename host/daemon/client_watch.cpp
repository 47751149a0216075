#include "host/daemon/client_watch.hpp"

namespace sscardd {

bool ClientWatch::is_blocked(CentreClient const* client) {
    std::lock_guard const lock{mutex_};
    auto const found = records_.find(client);
    return found != records_.end() && found->second.blocked_until &&
           now_() < *found->second.blocked_until;
}

ClientWatch::Count ClientWatch::note(CentreClient const* client) {
    std::lock_guard const lock{mutex_};
    Record& record = records_[client];
    auto const now = now_();
    ++record.in_all;
    record.lately.push_back(now);
    while (now - record.lately.front() > limits_.refusals_within) {
        record.lately.pop_front();
    }
    bool const is_alarm = record.lately.size() >= limits_.refusals_max;
    if (is_alarm) {
        record.blocked_until = now + limits_.block_time;
        record.lately.clear();
    }
    return {record.in_all, is_alarm};
}

} // namespace sscardd
