#pragma once

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <string>

namespace api {

/// Limits of one connection to the server.
struct ConnectionLimits {
    std::chrono::milliseconds receive_time_max{30'000}; ///< for the whole request
    std::chrono::milliseconds send_time_max{10'000};    ///< until the client takes more
    std::size_t receive_size_max = 2U << 20U;           ///< bytes, head and body
};

/// True when the peer of a connected stream socket has closed it; a peer that only ended its
/// sending has not.
[[nodiscard]] bool has_hung_up(int socket);

/// The system's user at the other end of a connected unix socket: a name, or a number that has
/// none.
[[nodiscard]] std::string peer_user(int socket);

/// A connected socket as the HTTP library reads and writes it, with limits on the whole request. It
/// does not own the socket.
class ClientConnection final : public httplib::Stream {
public:
    ClientConnection(int socket, ConnectionLimits limits);
    ClientConnection(ClientConnection const&) = delete;
    ClientConnection& operator=(ClientConnection const&) = delete;
    /// Wipes what was received: it may have held a PIN.
    ~ClientConnection() override;

    [[nodiscard]] bool is_readable() const override;
    [[nodiscard]] bool is_writable() const override;
    ssize_t read(char* bytes, std::size_t size) override;
    ssize_t write(char const* bytes, std::size_t size) override;
    void get_remote_ip_and_port(std::string& ip, int& port) const override;
    void get_local_ip_and_port(std::string& ip, int& port) const override;
    [[nodiscard]] socket_t socket() const override { return socket_; }

private:
    [[nodiscard]] std::chrono::milliseconds time_left() const;
    [[nodiscard]] ssize_t fill_buffer();
    int socket_;
    ConnectionLimits limits_;
    std::chrono::steady_clock::time_point receive_until_;
    std::size_t received_ = 0;
    std::array<char, 4096> buffer_{}; ///< the library asks for single bytes
    std::size_t buffer_at_ = 0;
    std::size_t buffer_end_ = 0;
};

} // namespace api
