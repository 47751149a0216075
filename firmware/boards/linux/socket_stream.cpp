#include "firmware/boards/linux/socket_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace linux_board {
namespace {

constexpr unsigned peer_look_each = 1000;

} // namespace

SocketStream::SocketStream(std::string path) : path_{std::move(path)} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path_.size() >= sizeof address.sun_path) {
        throw std::invalid_argument{path_ + ": too long for the name of a socket"};
    }
    std::copy(path_.begin(), path_.end(), std::begin(address.sun_path));
    (void)::unlink(path_.c_str());
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    auto const* const generic = reinterpret_cast<sockaddr const*>(&address);
    if (listening_ < 0 || ::bind(listening_, generic, sizeof address) != 0 ||
        ::listen(listening_, 1) != 0) {
        throw std::system_error{errno, std::generic_category(), path_};
    }
}

SocketStream::~SocketStream() {
    drop_peer();
    (void)::close(listening_);
    (void)::unlink(path_.c_str());
}

void SocketStream::drop_peer() {
    if (peer_ >= 0) {
        (void)::close(peer_);
        ++peers_;
    }
    peer_ = -1;
    come_size_ = 0;
    taken_ = 0;
}

void SocketStream::accept_peer() {
    until_look_ = peer_look_each;
    int const peer = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (peer >= 0) {
        drop_peer();
        peer_ = peer;
        ++peers_;
    }
}

std::optional<std::uint8_t> SocketStream::receive() {
    if (taken_ == come_size_) {
        if (until_look_ == 0 || peer_ < 0) {
            accept_peer();
        }
        --until_look_;
        if (peer_ < 0) {
            return std::nullopt;
        }
        auto const size = ::recv(peer_, come_.data(), come_.size(), 0);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
            drop_peer();
            return std::nullopt;
        }
        taken_ = 0;
        come_size_ = size > 0 ? static_cast<std::size_t>(size) : 0;
        if (come_size_ == 0) {
            return std::nullopt;
        }
    }
    return std::exchange(come_[taken_++], std::uint8_t{0}); // it may be a PIN's
}

// Where nobody listens, bytes go nowhere, as on a wire.
bool SocketStream::send(std::uint8_t byte) {
    if (peer_ < 0) {
        return true;
    }
    auto const size = ::send(peer_, &byte, 1, MSG_NOSIGNAL);
    if (size < 0 && errno != EAGAIN && errno != EINTR) {
        drop_peer();
        return true;
    }
    return size == 1;
}

} // namespace linux_board
