#pragma once

#include "host/daemon/event_log.hpp"

#include "host/api/caller.hpp"
#include "host/api/outcome.hpp"

#include <atomic>
#include <functional>

namespace sscardd {

/// Clients that may follow the events at the same time.
inline constexpr int event_streams_max = 8;

/// Serves requests for events, streams among them.
class EventStreams {
public:
    /// The log must outlive the object. `look` is called before events are looked for: what has run
    /// out meanwhile then has its event.
    EventStreams(EventLog const& log, std::function<void()> look)
        : log_{log}, look_{std::move(look)} {}

    /// The events after `since`. A client that follows and reads lines is sent them as they come
    /// until it hangs up or the log ends; a slow one loses the oldest and is told how many. Fault:
    /// too_many_streams.
    [[nodiscard]] api::Outcome<api::EventList> serve(api::EventsRequest const& request,
                                                     api::Caller& caller);

private:
    [[nodiscard]] api::EventList follow(std::uint64_t since, api::Caller& caller) const;
    EventLog const& log_;
    std::function<void()> look_;
    std::atomic<int> streams_{0};
};

} // namespace sscardd
