#pragma once

#include "host/virtual/stop_event.hpp"

#include "apdu/bytes.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

namespace virtual_card {

/// One end of a stream between a terminal and what stands around it: a unix socket at which the
/// terminal listens.
class StreamConnection {
public:
    /// Connects; nothing where nobody listens, or the path is too long for a socket.
    [[nodiscard]] static std::optional<StreamConnection> open(std::filesystem::path const& path);
    /// Tries again and again for `patience`, or until `stop`.
    [[nodiscard]] static std::optional<StreamConnection>
    open(std::filesystem::path const& path, std::chrono::seconds patience, StopEvent const& stop);

    StreamConnection(StreamConnection&& from) noexcept;
    StreamConnection& operator=(StreamConnection&&) = delete;
    ~StreamConnection();

    /// What has come, at least a byte; nothing: the other end has gone. May wait.
    [[nodiscard]] std::optional<std::vector<std::uint8_t>> receive();
    /// @returns false when the other end has gone.
    [[nodiscard]] bool send(apdu::ByteView bytes);
    /// For poll().
    [[nodiscard]] int descriptor() const { return socket_; }

private:
    explicit StreamConnection(int socket) : socket_{socket} {}
    int socket_;
};

/// What poll() found at one or two descriptors and the stop.
struct Readiness {
    bool is_stopped = false;
    bool has_stream = false;
    bool has_input = false;
};

/// Waits until a stream, or `input` (-1: none), has something to read, the stop came, or `end` is
/// there (nothing: for ever).
[[nodiscard]] Readiness wait_for(StreamConnection const& stream, int input, StopEvent const& stop,
                                 std::optional<std::chrono::steady_clock::time_point> end);

} // namespace virtual_card
