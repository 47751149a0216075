#pragma once

#include "host/daemon/approved_operations.hpp"

#include <deque>

namespace sscardd {

/// Counts what a centre refuses to each client; past a limit the client is blocked for a while. For
/// any thread.
class ClientWatch {
public:
    using Clock = ApprovedOperations::Clock;

    ClientWatch(CentreLimits const& limits, ApprovedOperations::Now now)
        : limits_{limits}, now_{std::move(now)} {}

    /// True while the client gets nothing. Null stands for all that nobody knows.
    [[nodiscard]] bool is_blocked(CentreClient const* client);

    /// What one more refusal amounts to.
    struct Count {
        std::uint64_t in_all; ///< since the daemon started
        bool is_alarm;        ///< with this one the client is blocked
    };
    Count note(CentreClient const* client);

private:
    struct Record {
        std::uint64_t in_all = 0;
        std::deque<Clock::time_point> lately{};
        std::optional<Clock::time_point> blocked_until{};
    };
    CentreLimits limits_;
    ApprovedOperations::Now now_;
    std::mutex mutex_{};
    std::map<CentreClient const*, Record> records_{};
};

} // namespace sscardd
