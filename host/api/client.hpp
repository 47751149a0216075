#pragma once

#include "host/api/decoder.hpp"
#include "host/api/service.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <utility>

namespace api {

/// Who hears of the lines that come before an answer; each may be empty.
struct LineListeners {
    std::function<void(Progress const&)> progress{};
    std::function<bool(Event const&)> event{}; ///< false: enough
    std::function<void(LostEvents const&)> lost{};
};

/// A client of the daemon: one connection for each request.
class Client {
public:
    using ProgressListener = std::function<void(Progress const&)>;

    /// `socket_path` names the daemon's unix socket; `lease` is the token of a lease that every
    /// request shows; empty: none. A daemon that says nothing for `silence_max` counts as hanging;
    /// it tells those that wait for a reader that it is alive long before.
    explicit Client(std::string socket_path, std::string lease = {},
                    std::chrono::milliseconds silence_max = std::chrono::minutes{2})
        : socket_path_{std::move(socket_path)}, lease_{std::move(lease)}, silence_max_{
                                                                              silence_max} {}

    /// Asks and waits for the answer; `listener` hears of progress meanwhile. Faults: what the
    /// daemon says; no_daemon (detail tells the path and why), answer_late (no sign of
    /// life for too long), answer_unreadable.
    template <typename Request>
    [[nodiscard]] Outcome<typename Request::Reply> ask(Request const& request,
                                                       ProgressListener const& listener = {}) {
        return ask_with(request, LineListeners{.progress = listener});
    }

    /// Asks for events and hears of them until a listener has had enough, which is no fault, or the
    /// daemon ends. Faults: as ask().
    [[nodiscard]] Outcome<EventList> follow(EventsRequest const& request,
                                            LineListeners const& listeners) {
        return ask_with(request, listeners);
    }

private:
    template <typename Request>
    [[nodiscard]] Outcome<typename Request::Reply> ask_with(Request const& request,
                                                            LineListeners const& listeners) {
        std::string body = to_text(to_json(request));
        auto const text = exchange(Request::route, body, listeners);
        wipe_characters(body.data(), body.size());
        if (!text.ok()) {
            return text.error();
        }
        return decode<typename Request::Reply>(text.value(), UnknownMembers::ignored,
                                               code::answer_unreadable);
    }
    [[nodiscard]] Outcome<std::string> exchange(Route route, std::string const& body,
                                                LineListeners const& listeners) const;
    std::string socket_path_;
    std::string lease_;
    std::chrono::milliseconds silence_max_;
};

} // namespace api
