#pragma once

#include "host/api/service.hpp"
#include "host/api/socket_file.hpp"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace api {

/// What a client may take of the server.
struct ServerLimits {
    /// Requests served at the same time; threads begin as they are needed. Clients may wait for 7
    /// jobs at each of 16 readers and follow 8 streams of events: 40 are left for what never waits.
    std::size_t threads = 160;
    std::chrono::milliseconds receive_time_max{30'000}; ///< for one whole request
    std::chrono::milliseconds send_time_max{10'000};    ///< until a client takes more of its answer
};

/// The API on a unix socket: HTTP/1.1, one request a connection, JSON in and out. What is asked for
/// and answered is in the *_messages.hpp; how, in answer.hpp.
class Server {
public:
    /// `service` must outlive the server.
    explicit Server(Service& service, ServerLimits limits = {});
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    ~Server();

    /// Listens at a claimed path; clients may connect from now on and are served once run() runs.
    /// Fault: internal_fault, with the reason.
    [[nodiscard]] std::optional<Fault> listen(SocketFile const& file, SocketAccess const& access);

    /// Serves until stop(); returns when every request that was taken is answered. After listen().
    void run();

    /// Ends run(), from any thread: no new connection is taken. Before run() it makes that return
    /// at once.
    void stop();

private:
    class Inner;
    std::unique_ptr<Inner> inner_;
    std::mutex mutex_{};
    bool is_run_ = false;
    bool is_stopping_ = false;
};

} // namespace api
