#pragma once

#include "host/api/decoder.hpp"
#include "host/api/service.hpp"

#include <functional>
#include <string>
#include <utility>

namespace api {

/// A client of the daemon: one connection for each request.
class Client {
public:
    using ProgressListener = std::function<void(Progress const&)>;

    /// `socket_path` names the daemon's unix socket.
    explicit Client(std::string socket_path) : socket_path_{std::move(socket_path)} {}

    /// Asks and waits for the answer; `listener` hears of progress meanwhile. Faults: what the
    /// daemon says; no_daemon (detail tells the path and why), answer_late, answer_unreadable.
    template <typename Request>
    [[nodiscard]] Outcome<typename Request::Reply> ask(Request const& request,
                                                       ProgressListener const& listener = {}) {
        std::string body = to_text(to_json(request));
        auto const text = exchange(Request::route, body, listener);
        wipe_characters(body.data(), body.size());
        if (!text.ok()) {
            return text.error();
        }
        return decode<typename Request::Reply>(text.value(), UnknownMembers::ignored,
                                               code::answer_unreadable);
    }

private:
    [[nodiscard]] Outcome<std::string> exchange(Route route, std::string const& body,
                                                ProgressListener const& listener) const;
    std::string socket_path_;
};

} // namespace api
