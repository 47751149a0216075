#include "host/api/client_connection.hpp"

#include "host/api/pin_text.hpp"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>

namespace api {
namespace {

using Clock = std::chrono::steady_clock;

/// What happens first on a socket within `time`: the events of `wanted`, or POLLHUP and POLLERR; 0
/// when nothing does.
short wait_for(int socket, short wanted, std::chrono::milliseconds time) {
    auto const until = Clock::now() + time;
    for (;;) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        pollfd watched{socket, wanted, 0};
        int const count =
            poll(&watched, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0)));
        if (count >= 0 || errno != EINTR) {
            return count > 0 ? watched.revents : short{0};
        }
    }
}

} // namespace

bool has_hung_up(int socket) {
    return (wait_for(socket, 0, std::chrono::milliseconds{0}) & (POLLHUP | POLLERR)) != 0;
}

std::string peer_user(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
        return {};
    }
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> text{};
    bool const is_known =
        getpwuid_r(peer.uid, &entry, text.data(), text.size(), &found) == 0 && found != nullptr;
    return is_known ? found->pw_name : std::to_string(peer.uid);
}

ClientConnection::ClientConnection(int socket, ConnectionLimits limits)
    : socket_{socket}, limits_{limits}, receive_until_{Clock::now() + limits.receive_time_max} {}

std::chrono::milliseconds ClientConnection::time_left() const {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(receive_until_ - Clock::now());
    return std::max(left, std::chrono::milliseconds{0});
}

ClientConnection::~ClientConnection() { wipe_characters(buffer_.data(), buffer_.size()); }

bool ClientConnection::is_readable() const {
    return buffer_at_ < buffer_end_ || wait_for(socket_, POLLIN, time_left()) != 0;
}

bool ClientConnection::is_writable() const {
    return wait_for(socket_, POLLOUT, limits_.send_time_max) == POLLOUT;
}

ssize_t ClientConnection::read(char* bytes, std::size_t size) {
    if (buffer_at_ == buffer_end_) {
        ssize_t const count = fill_buffer();
        if (count <= 0) {
            return count;
        }
    }
    std::size_t const count = std::min(size, buffer_end_ - buffer_at_);
    std::copy_n(buffer_.begin() + static_cast<std::ptrdiff_t>(buffer_at_), count, bytes);
    buffer_at_ += count;
    return static_cast<ssize_t>(count);
}

ssize_t ClientConnection::fill_buffer() {
    std::size_t const wanted = std::min(buffer_.size(), limits_.receive_size_max - received_);
    if (wanted == 0 || wait_for(socket_, POLLIN, time_left()) == 0) {
        return -1;
    }
    ssize_t const count = recv(socket_, buffer_.data(), wanted, 0);
    if (count > 0) {
        buffer_at_ = 0;
        buffer_end_ = static_cast<std::size_t>(count);
        received_ += buffer_end_;
    }
    return count;
}

ssize_t ClientConnection::write(char const* bytes, std::size_t size) {
    if (!is_writable()) {
        return -1;
    }
    return send(socket_, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void ClientConnection::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

void ClientConnection::get_local_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

} // namespace api
