#pragma once

#include "host/daemon/event_log.hpp"

#include "host/api/lease_messages.hpp"
#include "host/api/outcome.hpp"

#include <chrono>
#include <functional>
#include <mutex>
#include <vector>

namespace sscardd {

/// Which readers somebody has for himself, and until when. A lease belongs to the reader's name, so
/// it outlives an absence of the reader and of the PC/SC service. For any thread.
class LeaseBook {
public:
    using Clock = std::chrono::steady_clock;
    /// The log must outlive the book. `now` tells the time.
    explicit LeaseBook(EventLog& events, std::function<Clock::time_point()> now = Clock::now)
        : events_{events}, now_{std::move(now)} {}

    /// Who wants a reader, and what for.
    struct Wish {
        std::string reader;
        std::string purpose;
        std::string user;
        std::chrono::seconds time;
    };
    /// Gives a reader away. Fault: reader_leased.
    [[nodiscard]] api::Outcome<api::Lease> take(Wish wish);

    /// Lets a lease last so long from now on. Fault: lease_unknown.
    [[nodiscard]] api::Outcome<api::Lease> renew(std::string_view token, std::chrono::seconds time);

    /// Ends a lease. Fault: lease_unknown.
    [[nodiscard]] api::Outcome<api::Released> release(std::string_view token);

    /// Why a request that shows `token` (empty: none) may not use the reader: reader_leased, or
    /// lease_unknown where the token is not, or no longer, that of the reader's lease.
    [[nodiscard]] std::optional<api::Fault> refusal(std::string const& reader,
                                                    std::string_view token) const;

    /// The reader of a lease; nothing for a token that is no longer good.
    [[nodiscard]] std::optional<std::string> reader_of(std::string_view token) const;

    /// What others are told of the lease on a reader.
    [[nodiscard]] std::optional<api::LeaseState> on(std::string const& reader) const;

    /// Forgets the leases that have run out, each with its event.
    void expire();

private:
    struct Entry {
        Wish wish;
        std::string token;
        Clock::time_point until{};
        std::string until_text{};
    };
    [[nodiscard]] Entry const* find_reader(std::string const& reader) const;
    [[nodiscard]] Entry const* find_token(std::string_view token) const;
    [[nodiscard]] bool is_over(Entry const& entry) const { return now_() >= entry.until; }
    [[nodiscard]] static api::Fault leased(Entry const& entry);
    void prolong(Entry& entry, std::chrono::seconds time) const;
    void forget_old();

    EventLog& events_;
    std::function<Clock::time_point()> now_;
    mutable std::mutex mutex_{};
    std::vector<Entry> entries_{};
};

} // namespace sscardd
