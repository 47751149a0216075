#pragma once

#include "host/api/event_messages.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace sscardd {

/// Events that are remembered; then the oldest go.
inline constexpr std::size_t events_max = 1024;

/// What an event is about. Nothing of a card's holder ever is.
struct EventFacts {
    std::optional<std::string> reader{};
    std::optional<std::string> operation{};
    std::optional<std::string> fault{}; ///< a code
};

/// The last events_max events at readers, numbered from 1. For any thread.
class EventLog {
public:
    /// Something happened, now.
    void add(api::EventKind kind, EventFacts facts = {});

    /// The number of the newest event; 0: there was none.
    [[nodiscard]] std::uint64_t last() const;

    /// What came after the event `since`. A number that has not been given yet is one of an earlier
    /// daemon: then all that is remembered.
    [[nodiscard]] api::EventList after(std::uint64_t since) const;

    /// The same, once there is something, the log has ended, or `time` is over.
    [[nodiscard]] api::EventList wait_after(std::uint64_t since,
                                            std::chrono::milliseconds time) const;

    /// The daemon ends: nobody waits any more.
    void end();
    /// True after end().
    [[nodiscard]] bool has_ended() const;

private:
    [[nodiscard]] api::EventList list_after(std::uint64_t since) const;
    mutable std::mutex mutex_{};
    mutable std::condition_variable changed_{};
    std::deque<api::Event> events_{};
    std::uint64_t last_ = 0;
    bool has_ended_ = false;
};

} // namespace sscardd
